//! A cluster's rent changes, for programs and for the runtime's own check.

use {
    crate::common::{app, authority, config, config_of, initialize, keypair, update},
    anchor_lang::system_program,
    std::slice::from_ref,
    svm_harness::{Account, Backend, Signer, Svm, TransactionError},
};

svm_harness::on_both_backends!(
    programs_read_the_rent,
    the_runtime_checks_the_rent,
    accounts_survive_a_change,
);

async fn programs_read_the_rent(backend: Backend) {
    for lamports_per_byte in [6_960, 5_080, 10_000] {
        let mut svm = Svm::start_with_rent(backend, &app(), lamports_per_byte).await;
        let authority = authority(&mut svm).await;
        svm.send(&[initialize(&authority, 7)], &[&authority])
            .await
            .expect_ok();
        let config = svm.account(config_of(&authority)).await.expect("a config");
        assert_eq!(config.lamports, (128 + 48) * lamports_per_byte);
        assert_eq!(config.lamports, svm.rent_exempt_minimum(48));
    }
}

/// A new account of 0 bytes with what 5,080 lamports per byte ask for.
async fn the_runtime_checks_the_rent(backend: Backend) {
    let mut svm = Svm::start(backend, &app()).await;
    let authority = authority(&mut svm).await;
    let transfer = anchor_lang::solana_program::system_instruction::transfer(
        &authority.pubkey(),
        &keypair(9).pubkey(),
        128 * 5_080,
    );

    let rejected = svm.send(from_ref(&transfer), &[&authority]).await;
    assert_eq!(
        rejected.result,
        Err(TransactionError::InsufficientFundsForRent { account_index: 2 })
    );
    svm.set_rent(5_080).await;
    svm.send(&[transfer], &[&authority]).await.expect_ok();
}

async fn accounts_survive_a_change(backend: Backend) {
    let mut svm = Svm::start(backend, &app()).await;
    let authority = authority(&mut svm).await;
    svm.send(&[initialize(&authority, 7)], &[&authority])
        .await
        .expect_ok();
    let placed = Account::new(1, 5, &system_program::ID);
    svm.set_account(keypair(3).pubkey(), placed.clone()).await;

    svm.set_rent(10_000).await;

    assert_eq!(config(&mut svm, &authority).await.value, 7);
    assert_eq!(
        svm.account(keypair(3).pubkey()).await.expect("placed").data,
        placed.data
    );
    let config_account = svm.account(config_of(&authority)).await.expect("a config");
    assert_eq!(
        config_account.lamports,
        (128 + 48) * 6_960,
        "nobody topped it up"
    );
    let eight = update(config_of(&authority), &authority, 8);
    svm.send(&[eight], &[&authority]).await.expect_ok();
}
