//! A program runs: it creates an account by CPI, changes it, rejects a call, and closes it.

use {
    crate::common::{FUNDS, app, authority, close, config, config_of, initialize, keypair, update},
    anchor_lang::{error::ErrorCode, solana_program::bpf_loader_upgradeable},
    svm_harness::{Backend, Signer, Svm},
};

svm_harness::on_both_backends!(
    initialize_update_and_close,
    a_wrong_authority_gets_the_programs_error,
    the_loader_accounts_prove_the_upgrade_authority,
);

async fn initialize_update_and_close(backend: Backend) {
    let mut svm = Svm::start(backend, &app()).await;
    let authority = authority(&mut svm).await;

    svm.send(&[initialize(&authority, 7)], &[&authority])
        .await
        .expect_ok();
    assert_eq!(config(&mut svm, &authority).await.value, 7);
    let rent = svm.rent_exempt_minimum(48);
    assert_eq!(rent, (128 + 48) * 6_960);
    let paid = svm.account(authority.pubkey()).await.expect("funded");
    assert_eq!(paid.lamports, FUNDS - rent, "no fee is taken from it");

    let eight = update(config_of(&authority), &authority, 8);
    svm.send(&[eight], &[&authority]).await.expect_ok();
    assert_eq!(config(&mut svm, &authority).await.value, 8);

    svm.send(&[close(&authority)], &[&authority])
        .await
        .expect_ok();
    assert_eq!(svm.account(config_of(&authority)).await, None);
    let refunded = svm.account(authority.pubkey()).await.expect("funded");
    assert_eq!(refunded.lamports, FUNDS);
}

async fn a_wrong_authority_gets_the_programs_error(backend: Backend) {
    let mut svm = Svm::start(backend, &app()).await;
    let authority = authority(&mut svm).await;
    svm.send(&[initialize(&authority, 7)], &[&authority])
        .await
        .expect_ok();

    let stranger = keypair(2);
    let theirs = update(config_of(&authority), &stranger, 8);
    let outcome = svm.send(&[theirs], &[&stranger]).await;
    assert_eq!(
        outcome.custom_error(),
        Some(ErrorCode::ConstraintSeeds.into())
    );
    assert_eq!(config(&mut svm, &authority).await.value, 7);
}

async fn the_loader_accounts_prove_the_upgrade_authority(backend: Backend) {
    let mut svm = Svm::start(backend, &app()).await;
    let programdata_address = bpf_loader_upgradeable::get_program_data_address(&app_v1::ID);

    let program = svm.account(app_v1::ID).await.expect("deployed");
    assert!(program.executable);
    assert_eq!(program.owner, bpf_loader_upgradeable::ID);
    // 4 bytes say that this is a program, 32 where its data is.
    assert_eq!(program.data[..4], 2u32.to_le_bytes());
    assert_eq!(program.data[4..], programdata_address.to_bytes());

    let programdata = svm.account(programdata_address).await.expect("deployed");
    assert_eq!(programdata.owner, bpf_loader_upgradeable::ID);
    // 4 bytes say that this is a program's data, 8 its slot, 1 that there is an upgrade authority.
    assert_eq!(programdata.data[..4], 3u32.to_le_bytes());
    assert_eq!(programdata.data[12], 1);
    assert_eq!(
        programdata.data[13..45],
        svm.upgrade_authority().pubkey().to_bytes()
    );
}
