//! What the harness does around a transaction.

use {
    crate::common::{app, authority, config_of, initialize, keypair, update},
    std::slice::from_ref,
    svm_harness::{Backend, Signer, Svm, TransactionError},
};

svm_harness::on_both_backends!(
    the_same_transaction_is_executed_twice,
    a_missing_signature_is_refused,
    an_account_without_lamports_is_none,
);

async fn the_same_transaction_is_executed_twice(backend: Backend) {
    let mut svm = Svm::start(backend, &app()).await;
    let authority = authority(&mut svm).await;
    svm.send(&[initialize(&authority, 7)], &[&authority])
        .await
        .expect_ok();
    let eight = update(config_of(&authority), &authority, 8);
    let once = svm.send(from_ref(&eight), &[&authority]).await.expect_ok();
    let twice = svm.send(&[eight], &[&authority]).await.expect_ok();
    assert_eq!(once.compute_units, twice.compute_units);
}

async fn a_missing_signature_is_refused(backend: Backend) {
    let mut svm = Svm::start(backend, &app()).await;
    let authority = authority(&mut svm).await;
    let outcome = svm.send(&[initialize(&authority, 7)], &[]).await;
    assert_eq!(outcome.result, Err(TransactionError::SignatureFailure));
    assert_eq!(svm.account(config_of(&authority)).await, None);
}

async fn an_account_without_lamports_is_none(backend: Backend) {
    let mut svm = Svm::start(backend, &app()).await;
    assert_eq!(svm.account(keypair(1).pubkey()).await, None);
}

#[test]
#[should_panic(expected = "cannot be read")]
fn a_missing_so_is_not_swallowed() {
    let mut program = app();
    program.elf = "no/such/file.so".into();
    svm_harness::block_on(Svm::start(Backend::Loader, &program));
}
