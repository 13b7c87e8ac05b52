//! Attempts on `migrate`.

use {
    crate::forgery::{forge_program_data, plant, v1_bytes},
    anchor_lang::{error::ErrorCode, solana_program::system_program},
    app::error::ConfigError,
    integration::{
        rejection::expect_rejection,
        scene::{FUNDS, Scene},
    },
    support::{client_v2, key::key},
    svm_harness::{Account, Backend, DEFAULT_LAMPORTS_PER_BYTE, Keypair, Signer, on_both_backends},
};

on_both_backends!(
    migrate_rejects_accounts_that_are_not_a_config_v1,
    migrate_rejects_who_may_not_migrate,
    migrate_rejects_broken_account_lists,
    migrate_rejects_a_config_that_pays_for_itself,
    migrate_rejects_a_payer_without_the_missing_rent,
);

async fn migrate_rejects_accounts_that_are_not_a_config_v1(backend: Backend) {
    let mut scene = Scene::with_v1_account(backend, 1).await;
    let authority = scene.authority.insecure_clone();
    let v1 = v1_bytes(authority.pubkey());
    let mut unknown = v1.clone();
    unknown[7] ^= 1;
    let stranger_program = key("stranger program").pubkey();
    for (owner, data, code) in [
        (
            stranger_program,
            v1.clone(),
            u32::from(ErrorCode::AccountOwnedByWrongProgram),
        ),
        (
            system_program::ID,
            v1.clone(),
            ErrorCode::AccountOwnedByWrongProgram.into(),
        ),
        (app::ID, unknown, ConfigError::UnknownVersion.into()),
        (app::ID, vec![0; 48], ConfigError::Uninitialized.into()),
        (app::ID, vec![], ConfigError::Uninitialized.into()),
        (app::ID, v1[..7].to_vec(), ConfigError::Truncated.into()),
        (app::ID, v1[..8].to_vec(), ConfigError::Truncated.into()),
        (app::ID, v1[..47].to_vec(), ConfigError::Truncated.into()),
    ] {
        let planted = plant(&mut scene, owner, data).await.pubkey();
        let migrate = client_v2::migrate(&planted, &authority.pubkey(), &authority.pubkey());
        expect_rejection(&mut scene.svm, migrate, &[&authority], code).await;
    }

    let never_made = key("never made").pubkey();
    let migrate = client_v2::migrate(&never_made, &authority.pubkey(), &authority.pubkey());
    expect_rejection(
        &mut scene.svm,
        migrate,
        &[&authority],
        ErrorCode::AccountNotInitialized,
    )
    .await;

    scene.migrate().await;
    let again = client_v2::migrate(&scene.config, &authority.pubkey(), &authority.pubkey());
    expect_rejection(
        &mut scene.svm,
        again,
        &[&authority],
        ConfigError::AlreadyMigrated,
    )
    .await;
}

async fn migrate_rejects_who_may_not_migrate(backend: Backend) {
    let mut scene = Scene::with_v1_account(backend, 1).await;
    let authority = scene.authority.insecure_clone();
    let stranger = key("stranger");
    scene.svm.fund(stranger.pubkey(), FUNDS).await;
    let upgrade_authority = scene.svm.upgrade_authority().insecure_clone();
    scene.svm.fund(upgrade_authority.pubkey(), FUNDS).await;
    let config = scene.config;

    let by_stranger = client_v2::migrate(&config, &stranger.pubkey(), &stranger.pubkey());
    expect_rejection(
        &mut scene.svm,
        by_stranger,
        &[&stranger],
        ConfigError::CannotMigrate,
    )
    .await;

    let with_program_data =
        client_v2::migrate_as_upgrade_authority(&config, &stranger.pubkey(), &stranger.pubkey());
    expect_rejection(
        &mut scene.svm,
        with_program_data,
        &[&stranger],
        ConfigError::WrongUpgradeAuthority,
    )
    .await;

    let unproved = client_v2::migrate(
        &config,
        &upgrade_authority.pubkey(),
        &upgrade_authority.pubkey(),
    );
    expect_rejection(
        &mut scene.svm,
        unproved,
        &[&upgrade_authority],
        ConfigError::CannotMigrate,
    )
    .await;

    let mut unsigned = client_v2::migrate(&config, &authority.pubkey(), &stranger.pubkey());
    unsigned.accounts[1].is_signer = false;
    expect_rejection(
        &mut scene.svm,
        unsigned,
        &[&stranger],
        ErrorCode::AccountNotSigner,
    )
    .await;

    let mut unsigned_payer = client_v2::migrate(&config, &authority.pubkey(), &stranger.pubkey());
    unsigned_payer.accounts[2].is_signer = false;
    expect_rejection(
        &mut scene.svm,
        unsigned_payer,
        &[&authority],
        ErrorCode::AccountNotSigner,
    )
    .await;

    let mut forgery =
        client_v2::migrate_as_upgrade_authority(&config, &stranger.pubkey(), &stranger.pubkey());
    forgery.accounts[4].pubkey = forge_program_data(&mut scene, stranger.pubkey()).await;
    expect_rejection(
        &mut scene.svm,
        forgery,
        &[&stranger],
        ConfigError::WrongProgramData,
    )
    .await;

    // Anchor rejects an account of another owner before its address is compared.
    let mut another = client_v2::migrate(&config, &authority.pubkey(), &authority.pubkey());
    another.accounts.push(another.accounts[3].clone());
    expect_rejection(
        &mut scene.svm,
        another,
        &[&authority],
        ErrorCode::AccountOwnedByWrongProgram,
    )
    .await;

    // The upgrade authority may, for an account that is not its own.
    let by_upgrade_authority = client_v2::migrate_as_upgrade_authority(
        &config,
        &upgrade_authority.pubkey(),
        &upgrade_authority.pubkey(),
    );
    scene
        .svm
        .send(&[by_upgrade_authority], &[&upgrade_authority])
        .await
        .expect_ok();
    assert_eq!(scene.read_v2().await.authority, authority.pubkey());
}

async fn migrate_rejects_broken_account_lists(backend: Backend) {
    let mut scene = Scene::with_v1_account(backend, 1).await;
    let authority = scene.authority.insecure_clone();
    let migrate = client_v2::migrate(&scene.config, &authority.pubkey(), &authority.pubkey());

    let mut read_only = migrate.clone();
    read_only.accounts[0].is_writable = false;
    expect_rejection(
        &mut scene.svm,
        read_only,
        &[&authority],
        ErrorCode::ConstraintMut,
    )
    .await;

    let payer = key("payer");
    scene.svm.fund(payer.pubkey(), FUNDS).await;
    let mut read_only_payer =
        client_v2::migrate(&scene.config, &authority.pubkey(), &payer.pubkey());
    read_only_payer.accounts[2].is_writable = false;
    expect_rejection(
        &mut scene.svm,
        read_only_payer,
        &[&authority, &payer],
        ErrorCode::ConstraintMut,
    )
    .await;

    let mut fake_system_program = migrate.clone();
    fake_system_program.accounts[3].pubkey = app::ID;
    expect_rejection(
        &mut scene.svm,
        fake_system_program,
        &[&authority],
        ErrorCode::InvalidProgramId,
    )
    .await;

    for len in 0..4 {
        let mut short = migrate.clone();
        short.accounts.truncate(len);
        let signers: &[&Keypair] = if len > 1 { &[&authority] } else { &[] };
        expect_rejection(
            &mut scene.svm,
            short,
            signers,
            ErrorCode::AccountNotEnoughKeys,
        )
        .await;
    }

    let mut config_as_authority = migrate.clone();
    config_as_authority.accounts[1].pubkey = scene.config;
    config_as_authority.accounts[1].is_signer = false;
    expect_rejection(
        &mut scene.svm,
        config_as_authority,
        &[&authority],
        ErrorCode::AccountNotSigner,
    )
    .await;
}

async fn migrate_rejects_a_config_that_pays_for_itself(backend: Backend) {
    let mut scene = Scene::with_v1_account(backend, 1).await;
    let authority = scene.authority.insecure_clone();
    let config = plant(&mut scene, app::ID, v1_bytes(authority.pubkey())).await;
    let migrate = client_v2::migrate(&config.pubkey(), &authority.pubkey(), &config.pubkey());
    expect_rejection(
        &mut scene.svm,
        migrate,
        &[&authority, &config],
        ConfigError::PayerIsConfig,
    )
    .await;
}

async fn migrate_rejects_a_payer_without_the_missing_rent(backend: Backend) {
    let mut scene = Scene::with_v1_account(backend, 1).await;
    let authority = scene.authority.insecure_clone();
    let payer = key("poor payer");
    let missing = 48 * DEFAULT_LAMPORTS_PER_BYTE;
    let account = Account {
        lamports: missing - 1,
        ..Account::default()
    };
    scene.svm.set_account(payer.pubkey(), account).await;
    let migrate = client_v2::migrate(&scene.config, &authority.pubkey(), &payer.pubkey());
    expect_rejection(
        &mut scene.svm,
        migrate,
        &[&authority, &payer],
        ConfigError::InsufficientFunds,
    )
    .await;
}
