//! `anchor_migrate` does the work of `programs/app`'s `migrate`: the baseline of its compute units.

use {
    anchor_lang::prelude::AccountMeta,
    integration::{
        lab::{AUTHORITY, FUNDS, Lab, anchor_migrate, config_v1, config_v2},
        rejection::expect_rejection,
    },
    migration_lab::{constants::PROGRAM_DATA_ADDRESS, error::LabError},
    support::key::key,
    svm_harness::{Backend, Pubkey, Signer, on_both_backends},
};

fn config_of(authority: &Pubkey, mut data: Vec<u8>) -> Vec<u8> {
    data[8..40].copy_from_slice(authority.as_ref());
    data
}

async fn anchor_migrates_for_the_authority(backend: Backend) {
    let authority = key("authority");
    let mut lab = Lab::start(backend, config_of(&authority.pubkey(), config_v1(5))).await;
    let migrate = anchor_migrate(&lab, authority.pubkey());
    lab.svm
        .send(&[migrate], &[&authority, &lab.payer])
        .await
        .expect_ok();

    assert_eq!(
        lab.data().await,
        config_of(&authority.pubkey(), config_v2(5))
    );
    assert_eq!(
        lab.lamports(lab.account).await,
        lab.svm.rent_exempt_minimum(96)
    );
    assert_eq!(lab.lamports(lab.payer.pubkey()).await, FUNDS - 334_080);
}

async fn anchor_migrates_for_the_upgrade_authority(backend: Backend) {
    let mut lab = Lab::start(backend, config_v1(5)).await;
    let upgrade_authority = lab.svm.upgrade_authority().insecure_clone();
    let mut migrate = anchor_migrate(&lab, upgrade_authority.pubkey());
    migrate
        .accounts
        .push(AccountMeta::new_readonly(PROGRAM_DATA_ADDRESS, false));
    lab.svm
        .send(&[migrate], &[&upgrade_authority, &lab.payer])
        .await
        .expect_ok();
    assert_eq!(lab.data().await, config_v2(5));
}

async fn anchor_rejects_others(backend: Backend) {
    let mut lab = Lab::start(backend, config_v1(5)).await;
    let payer = lab.payer.insecure_clone();
    assert_ne!(payer.pubkey(), AUTHORITY);
    let mut migrate = anchor_migrate(&lab, payer.pubkey());
    expect_rejection(
        &mut lab.svm,
        migrate.clone(),
        &[&payer],
        LabError::CannotMigrate,
    )
    .await;
    migrate
        .accounts
        .push(AccountMeta::new_readonly(PROGRAM_DATA_ADDRESS, false));
    expect_rejection(&mut lab.svm, migrate, &[&payer], LabError::CannotMigrate).await;
}

on_both_backends!(
    anchor_migrates_for_the_authority,
    anchor_migrates_for_the_upgrade_authority,
    anchor_rejects_others,
);
