//! Attempts on `rollback`.

use {
    crate::forgery::forge_program_data,
    anchor_lang::error::ErrorCode,
    app::{error::ConfigError, instructions::InitializeV2Args},
    integration::{
        rejection::expect_rejection,
        scene::{FUNDS, Scene},
    },
    support::{client_v1, client_v2, key::key},
    svm_harness::{Backend, Pubkey, Signer, on_both_backends},
};

on_both_backends!(
    rollback_loses_nothing_unasked,
    rollback_is_for_the_upgrade_authority,
);

async fn rollback_loses_nothing_unasked(backend: Backend) {
    let mut scene = Scene::without_account(backend).await;
    let upgrade_authority = scene.svm.upgrade_authority().insecure_clone();
    scene.svm.fund(upgrade_authority.pubkey(), FUNDS).await;
    let mint = key("mint").pubkey();
    for (name, fee, fee_mint, operators) in [
        ("fee", 1, mint, vec![]),
        ("mint", 0, mint, vec![]),
        ("operators", 0, Pubkey::default(), vec![mint]),
    ] {
        let authority = key(name);
        scene.svm.fund(authority.pubkey(), FUNDS).await;
        let args = InitializeV2Args {
            value: 1,
            fee,
            fee_mint,
            operators,
        };
        let initialize = client_v2::initialize_v2(&authority.pubkey(), args);
        scene
            .svm
            .send(&[initialize], &[&authority])
            .await
            .expect_ok();
        let config = client_v2::config_address(&authority.pubkey());
        let rollback = client_v2::rollback(&config, &upgrade_authority.pubkey(), false);
        expect_rejection(
            &mut scene.svm,
            rollback,
            &[&upgrade_authority],
            ConfigError::WouldDiscardV2Data,
        )
        .await;
    }
}

async fn rollback_is_for_the_upgrade_authority(backend: Backend) {
    let mut scene = Scene::with_v2_account(backend, 1).await;
    let authority = scene.authority.insecure_clone();
    let config = scene.config;

    let by_authority = client_v2::rollback(&config, &authority.pubkey(), true);
    expect_rejection(
        &mut scene.svm,
        by_authority,
        &[&authority],
        ConfigError::WrongUpgradeAuthority,
    )
    .await;

    let mut forgery = client_v2::rollback(&config, &authority.pubkey(), true);
    forgery.accounts[3].pubkey = forge_program_data(&mut scene, authority.pubkey()).await;
    expect_rejection(
        &mut scene.svm,
        forgery,
        &[&authority],
        ConfigError::WrongProgramData,
    )
    .await;

    let upgrade_authority = scene.svm.upgrade_authority().insecure_clone();
    scene.svm.fund(upgrade_authority.pubkey(), FUNDS).await;
    let rollback = client_v2::rollback(&config, &upgrade_authority.pubkey(), false);
    let mut unsigned = rollback.clone();
    unsigned.accounts[1].is_signer = false;
    expect_rejection(&mut scene.svm, unsigned, &[], ErrorCode::AccountNotSigner).await;

    scene
        .svm
        .send(&[client_v1::update(&authority.pubkey(), 2)], &[&authority])
        .await
        .expect_ok();
    expect_rejection(
        &mut scene.svm,
        rollback,
        &[&upgrade_authority],
        ConfigError::WouldDiscardV2Data,
    )
    .await;

    let discard = client_v2::rollback(&config, &upgrade_authority.pubkey(), true);
    let lamports = scene.lamports(config).await;
    scene
        .svm
        .send(std::slice::from_ref(&discard), &[&upgrade_authority])
        .await
        .expect_ok();
    assert_eq!(scene.read_v1().await.value, 2);
    assert_eq!(scene.lamports(config).await, lamports, "surplus stays");
    expect_rejection(
        &mut scene.svm,
        discard,
        &[&upgrade_authority],
        ConfigError::NotMigrated,
    )
    .await;
}
