//! Attempts on `migrate_many`.

use {
    crate::forgery::{forge_program_data, plant, v1_bytes},
    anchor_lang::error::ErrorCode,
    app::error::ConfigError,
    integration::{
        rejection::expect_rejection,
        scene::{FUNDS, Scene},
    },
    support::{client_v2, key::key},
    svm_harness::{Backend, Instruction, Keypair, Signer, on_both_backends},
};

on_both_backends!(
    migrate_many_is_for_the_upgrade_authority,
    migrate_many_rejects_broken_account_lists,
    migrate_many_takes_lamports_from_its_payer_alone,
);

/// A batch of the scene's only config.
fn batch(scene: &Scene, signer: &Keypair) -> Instruction {
    client_v2::migrate_many(&[scene.config], &signer.pubkey(), u64::MAX)
}

async fn migrate_many_is_for_the_upgrade_authority(backend: Backend) {
    let mut scene = Scene::with_v1_account(backend, 1).await;
    let authority = scene.authority.insecure_clone();
    let upgrade_authority = scene.svm.upgrade_authority().insecure_clone();
    scene.svm.fund(upgrade_authority.pubkey(), FUNDS).await;
    let stranger = key("stranger");
    scene.svm.fund(stranger.pubkey(), FUNDS).await;

    // Not even the authority of every config in the batch.
    for signer in [&stranger, &authority] {
        let by_another = batch(&scene, signer);
        let code = ConfigError::WrongUpgradeAuthority;
        expect_rejection(&mut scene.svm, by_another, &[signer], code).await;
    }

    let mut forgery = batch(&scene, &stranger);
    forgery.accounts[3].pubkey = forge_program_data(&mut scene, stranger.pubkey()).await;
    let code = ConfigError::WrongProgramData;
    expect_rejection(&mut scene.svm, forgery, &[&stranger], code).await;

    let mut unsigned = batch(&scene, &upgrade_authority);
    unsigned.accounts[0].is_signer = false;
    unsigned.accounts[1].pubkey = stranger.pubkey();
    let code = ErrorCode::AccountNotSigner;
    expect_rejection(&mut scene.svm, unsigned, &[&stranger], code).await;

    // Nor is a batch in which nothing would be written anybody else's.
    scene.migrate().await;
    let skips = batch(&scene, &stranger);
    let code = ConfigError::WrongUpgradeAuthority;
    expect_rejection(&mut scene.svm, skips, &[&stranger], code).await;

    let allowed = batch(&scene, &upgrade_authority);
    let outcome = scene.svm.send(&[allowed], &[&upgrade_authority]).await;
    outcome.expect_ok();
}

async fn migrate_many_rejects_broken_account_lists(backend: Backend) {
    let mut scene = Scene::with_v1_account(backend, 1).await;
    let signer = scene.svm.upgrade_authority().insecure_clone();
    scene.svm.fund(signer.pubkey(), FUNDS).await;
    let payer = key("payer");
    scene.svm.fund(payer.pubkey(), FUNDS).await;
    let batch = batch(&scene, &signer);

    for len in 0..4 {
        let mut short = batch.clone();
        short.accounts.truncate(len);
        let signers: &[&Keypair] = if len > 0 { &[&signer] } else { &[] };
        let code = ErrorCode::AccountNotEnoughKeys;
        expect_rejection(&mut scene.svm, short, signers, code).await;
    }

    // The config is read as what the client left out.
    let mut without_program_data = batch.clone();
    without_program_data.accounts.remove(3);
    let code = ErrorCode::AccountOwnedByWrongProgram;
    expect_rejection(&mut scene.svm, without_program_data, &[&signer], code).await;

    let mut fake_system_program = batch.clone();
    fake_system_program.accounts[2].pubkey = app::ID;
    let code = ErrorCode::InvalidProgramId;
    expect_rejection(&mut scene.svm, fake_system_program, &[&signer], code).await;

    let mut read_only_payer = batch.clone();
    read_only_payer.accounts[1].pubkey = payer.pubkey();
    read_only_payer.accounts[1].is_writable = false;
    let code = ErrorCode::ConstraintMut;
    expect_rejection(&mut scene.svm, read_only_payer, &[&signer, &payer], code).await;
}

/// Neither the surplus of one config nor a payer that does not sign pays for another config.
async fn migrate_many_takes_lamports_from_its_payer_alone(backend: Backend) {
    let mut scene = Scene::with_v1_account(backend, 1).await;
    let signer = scene.svm.upgrade_authority().insecure_clone();
    scene.svm.fund(signer.pubkey(), FUNDS).await;
    let rich = plant(&mut scene, app::ID, v1_bytes(signer.pubkey())).await;
    scene.svm.fund(rich.pubkey(), FUNDS).await;
    let rich_before = scene.lamports(rich.pubkey()).await;
    let poor_before = scene.lamports(scene.config).await;
    let configs = [rich.pubkey(), scene.config];
    let batch = client_v2::migrate_many(&configs, &signer.pubkey(), u64::MAX);

    let mut of_a_stranger = batch.clone();
    of_a_stranger.accounts[1].pubkey = scene.authority.pubkey();
    of_a_stranger.accounts[1].is_signer = false;
    let code = ErrorCode::AccountNotSigner;
    expect_rejection(&mut scene.svm, of_a_stranger, &[&signer], code).await;

    scene.svm.send(&[batch], &[&signer]).await.expect_ok();
    let missing = scene.svm.rent_exempt_minimum(96) - poor_before;
    assert_eq!(scene.lamports(rich.pubkey()).await, rich_before);
    assert_eq!(scene.lamports(scene.config).await, poor_before + missing);
    assert_eq!(scene.lamports(signer.pubkey()).await, FUNDS - missing);
}
