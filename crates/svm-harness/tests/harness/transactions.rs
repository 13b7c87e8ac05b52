//! What the harness does around a transaction.

use {
    crate::common::{app, authority, config_of, initialize, keypair, update},
    std::slice::from_ref,
    svm_harness::{Backend, Signer, Svm, TransactionError},
};

svm_harness::on_both_backends!(
    the_same_transaction_is_executed_twice,
    a_missing_signature_is_rejected,
    a_fee_payer_of_the_test_pays_the_fee,
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

async fn a_missing_signature_is_rejected(backend: Backend) {
    let mut svm = Svm::start(backend, &app()).await;
    let authority = authority(&mut svm).await;
    let outcome = svm.send(&[initialize(&authority, 7)], &[]).await;
    assert_eq!(outcome.result, Err(TransactionError::SignatureFailure));
    assert_eq!(svm.account(config_of(&authority)).await, None);
}

/// 5,000 lamports for its signature; the harness pays nothing, so no signature of its own is there.
async fn a_fee_payer_of_the_test_pays_the_fee(backend: Backend) {
    let mut svm = Svm::start(backend, &app()).await;
    let authority = authority(&mut svm).await;
    let initialize = initialize(&authority, 7);
    svm.send(&[initialize], &[&authority]).await.expect_ok();
    let before = svm.account(authority.pubkey()).await.expect("it is funded");

    let eight = update(config_of(&authority), &authority, 8);
    let outcome = svm.send_paid_by(&authority, &[eight], &[]).await;
    outcome.expect_ok();

    let after = svm.account(authority.pubkey()).await.expect("it is funded");
    assert_eq!(after.lamports, before.lamports - 5_000);
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
