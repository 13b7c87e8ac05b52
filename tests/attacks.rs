//! What a stranger or a broken client may try. Every attempt has its exact error and leaves every
//! account as it was, to the byte and the lamport.

use {
    anchor_lang::{error::ErrorCode, solana_program::system_program},
    app::{
        constants::PROGRAM_DATA_ADDRESS,
        error::ConfigError,
        instructions::InitializeV2Args,
        state::{AnyConfig, ConfigV1},
    },
    integration::{
        rejection::expect_rejection,
        scene::{FUNDS, Scene, exact_bytes},
    },
    svm_harness::{
        Account, Backend, DEFAULT_LAMPORTS_PER_BYTE, Instruction, InstructionError, Keypair,
        Pubkey, Signer, TransactionError, on_both_backends,
    },
    testkit::{client_v1, client_v2, key::key, release::release_2},
};

/// Lamports of a rent-exempt ConfigV1.
const V1_LAMPORTS: u64 = (128 + 48) * DEFAULT_LAMPORTS_PER_BYTE;

on_both_backends!(
    migrate_refuses_accounts_that_are_not_a_config_v1,
    migrate_refuses_who_may_not_migrate,
    migrate_refuses_broken_account_lists,
    migrate_refuses_a_config_that_pays_for_itself,
    migrate_refuses_a_payer_without_the_missing_rent,
    migrate_refuses_a_closed_config,
    a_config_revived_in_one_transaction_is_a_new_one,
    release_1_instructions_refuse_strangers_on_either_layout,
    update_v2_refuses_strangers_and_stale_revisions,
    settings_refuse_strangers_and_bad_values,
    rollback_loses_nothing_unasked,
    rollback_is_for_the_upgrade_authority,
    a_squatted_address_does_not_stop_initialize,
);

/// An account at an address that can sign.
async fn plant(scene: &mut Scene, owner: Pubkey, data: Vec<u8>) -> Keypair {
    let key = key("planted");
    let account = Account {
        lamports: V1_LAMPORTS,
        data,
        owner,
        executable: false,
        rent_epoch: u64::MAX,
    };
    scene.svm.set_account(key.pubkey(), account).await;
    key
}

/// A program data account at another address, with this key as upgrade authority.
async fn forge_program_data(scene: &mut Scene, upgrade_authority: Pubkey) -> Pubkey {
    let mut forged = scene
        .svm
        .account(PROGRAM_DATA_ADDRESS)
        .await
        .expect("the program data account exists");
    forged.data[13..45].copy_from_slice(upgrade_authority.as_ref());
    let address = key("forged program data").pubkey();
    scene.svm.set_account(address, forged).await;
    address
}

fn v1_bytes(authority: Pubkey) -> Vec<u8> {
    exact_bytes(&AnyConfig::V1(ConfigV1 {
        authority,
        value: 1,
    }))
}

async fn migrate_refuses_accounts_that_are_not_a_config_v1(backend: Backend) {
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

async fn migrate_refuses_who_may_not_migrate(backend: Backend) {
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
        ConfigError::CannotMigrate,
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

    // Anchor refuses an account of another owner before its address is compared.
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

async fn migrate_refuses_broken_account_lists(backend: Backend) {
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

async fn migrate_refuses_a_config_that_pays_for_itself(backend: Backend) {
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

async fn migrate_refuses_a_payer_without_the_missing_rent(backend: Backend) {
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

async fn migrate_refuses_a_closed_config(backend: Backend) {
    let mut scene = Scene::with_v1_account(backend, 1).await;
    let authority = scene.authority.insecure_clone();
    let migrate = client_v2::migrate(&scene.config, &authority.pubkey(), &authority.pubkey());
    let close = client_v1::close(&authority.pubkey());

    let outcome = scene
        .svm
        .send(&[close.clone(), migrate.clone()], &[&authority])
        .await;
    assert_eq!(
        outcome.result,
        Err(TransactionError::InstructionError(
            1,
            InstructionError::Custom(ErrorCode::AccountNotInitialized.into())
        ))
    );
    assert_eq!(scene.read_v1().await.value, 1);

    scene.svm.send(&[close], &[&authority]).await.expect_ok();
    expect_rejection(
        &mut scene.svm,
        migrate.clone(),
        &[&authority],
        ErrorCode::AccountNotInitialized,
    )
    .await;

    // Lamports bring the address back, but not the config.
    scene.svm.fund(scene.config, V1_LAMPORTS).await;
    expect_rejection(
        &mut scene.svm,
        migrate,
        &[&authority],
        ErrorCode::AccountOwnedByWrongProgram,
    )
    .await;
}

async fn a_config_revived_in_one_transaction_is_a_new_one(backend: Backend) {
    let mut scene = Scene::with_v2_account(backend, 1).await;
    let authority = scene.authority.insecure_clone();
    scene
        .svm
        .send(
            &[
                client_v1::close(&authority.pubkey()),
                client_v1::initialize(&authority.pubkey(), 9),
                client_v2::migrate(&scene.config, &authority.pubkey(), &authority.pubkey()),
            ],
            &[&authority],
        )
        .await
        .expect_ok();
    let config = scene.read_v2().await;
    assert_eq!((config.value, config.revision), (9, 0));
}

async fn release_1_instructions_refuse_strangers_on_either_layout(backend: Backend) {
    let mut scene = Scene::with_v1_account(backend, 1).await;
    let stranger = key("stranger");
    scene.svm.fund(stranger.pubkey(), FUNDS).await;
    for migrated in [false, true] {
        if migrated {
            scene.migrate().await;
        }
        for instruction in [
            client_v1::update(&stranger.pubkey(), 666),
            client_v1::close(&stranger.pubkey()),
        ] {
            let of_victim = Instruction {
                accounts: std::iter::once(scene.config)
                    .zip(&instruction.accounts)
                    .map(|(pubkey, meta)| {
                        let mut meta = meta.clone();
                        meta.pubkey = pubkey;
                        meta
                    })
                    .chain(instruction.accounts[1..].iter().cloned())
                    .collect(),
                ..instruction
            };
            expect_rejection(
                &mut scene.svm,
                of_victim,
                &[&stranger],
                ErrorCode::ConstraintSeeds,
            )
            .await;
        }
    }

    // A config at the stranger's own address that names another authority.
    let config = client_v1::config_address(&stranger.pubkey());
    let account = Account {
        lamports: V1_LAMPORTS,
        data: v1_bytes(scene.authority.pubkey()),
        owner: app::ID,
        executable: false,
        rent_epoch: u64::MAX,
    };
    scene.svm.set_account(config, account).await;
    for instruction in [
        client_v1::update(&stranger.pubkey(), 666),
        client_v1::close(&stranger.pubkey()),
    ] {
        expect_rejection(
            &mut scene.svm,
            instruction,
            &[&stranger],
            ConfigError::WrongAuthority,
        )
        .await;
    }
}

async fn update_v2_refuses_strangers_and_stale_revisions(backend: Backend) {
    let mut scene = Scene::with_v2_account(backend, 1).await;
    let authority = scene.authority.insecure_clone();
    let stranger = key("stranger");
    let config = scene.config;

    let by_stranger = client_v2::update_v2(&config, &stranger.pubkey(), 666, None);
    expect_rejection(
        &mut scene.svm,
        by_stranger,
        &[&stranger],
        ConfigError::CannotUpdate,
    )
    .await;

    let stale = client_v2::update_v2(&config, &authority.pubkey(), 2, Some(1));
    expect_rejection(
        &mut scene.svm,
        stale,
        &[&authority],
        ConfigError::RevisionMismatch,
    )
    .await;

    // A release-1 client's update is a revision that a release-2 client notices.
    scene
        .svm
        .send(&[client_v1::update(&authority.pubkey(), 2)], &[&authority])
        .await
        .expect_ok();
    let stale = client_v2::update_v2(&config, &authority.pubkey(), 3, Some(0));
    expect_rejection(
        &mut scene.svm,
        stale,
        &[&authority],
        ConfigError::RevisionMismatch,
    )
    .await;

    // An operator that was removed is a stranger again.
    for operators in [vec![stranger.pubkey()], vec![]] {
        scene
            .svm
            .send(
                &[client_v2::set_operators(&authority.pubkey(), operators)],
                &[&authority],
            )
            .await
            .expect_ok();
    }
    let by_former = client_v2::update_v2(&config, &stranger.pubkey(), 666, None);
    expect_rejection(
        &mut scene.svm,
        by_former,
        &[&stranger],
        ConfigError::CannotUpdate,
    )
    .await;
}

async fn settings_refuse_strangers_and_bad_values(backend: Backend) {
    let mut scene = Scene::with_v2_account(backend, 1).await;
    let authority = scene.authority.insecure_clone();
    let stranger = key("stranger");
    scene.svm.fund(stranger.pubkey(), FUNDS).await;

    for mut instruction in [
        client_v2::set_operators(&stranger.pubkey(), vec![stranger.pubkey()]),
        client_v2::set_fee(&stranger.pubkey(), 1, stranger.pubkey()),
    ] {
        instruction.accounts[0].pubkey = scene.config;
        expect_rejection(
            &mut scene.svm,
            instruction,
            &[&stranger],
            ConfigError::WrongAuthority,
        )
        .await;
    }

    let many = |count: u8| {
        (0..count)
            .map(|i| Pubkey::new_from_array([i; 32]))
            .collect()
    };
    let too_many = client_v2::set_operators(&authority.pubkey(), many(17));
    expect_rejection(
        &mut scene.svm,
        too_many,
        &[&authority],
        ConfigError::TooManyOperators,
    )
    .await;
    let twice = vec![stranger.pubkey(), authority.pubkey(), stranger.pubkey()];
    let twice = client_v2::set_operators(&authority.pubkey(), twice);
    expect_rejection(
        &mut scene.svm,
        twice,
        &[&authority],
        ConfigError::DuplicateOperator,
    )
    .await;
    let no_mint = client_v2::set_fee(&authority.pubkey(), 1, Pubkey::default());
    expect_rejection(
        &mut scene.svm,
        no_mint,
        &[&authority],
        ConfigError::FeeMintMissing,
    )
    .await;

    for (operators, fee, code) in [
        (many(17), 0, ConfigError::TooManyOperators),
        (
            vec![authority.pubkey(); 2],
            0,
            ConfigError::DuplicateOperator,
        ),
        (vec![], 1, ConfigError::FeeMintMissing),
    ] {
        let args = InitializeV2Args {
            value: 1,
            fee,
            fee_mint: Pubkey::default(),
            operators,
        };
        let initialize = client_v2::initialize_v2(&stranger.pubkey(), args);
        expect_rejection(&mut scene.svm, initialize, &[&stranger], code).await;
    }

    let mut read_only = client_v2::set_operators(&authority.pubkey(), many(1));
    read_only.accounts[0].is_writable = false;
    expect_rejection(
        &mut scene.svm,
        read_only,
        &[&authority],
        ConfigError::NotWritable,
    )
    .await;

    // Sixteen fit, and the account is exactly as long as they need.
    scene
        .svm
        .send(
            &[client_v2::set_operators(&authority.pubkey(), many(16))],
            &[&authority],
        )
        .await
        .expect_ok();
    assert_eq!(scene.read_v2().await.operators.len(), 16);
    assert_eq!(scene.data().await.len(), 96 + 16 * 32);
}

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

async fn a_squatted_address_does_not_stop_initialize(backend: Backend) {
    let mut scene = Scene::on_release_1(backend, DEFAULT_LAMPORTS_PER_BYTE, 1).await;
    scene.svm.upgrade(&release_2()).await;
    let late = key("late authority");
    scene.svm.fund(late.pubkey(), FUNDS).await;
    let config = client_v1::config_address(&late.pubkey());
    let squatted = Account {
        lamports: 1,
        ..Account::default()
    };
    scene.svm.set_account(config, squatted).await;
    scene
        .svm
        .send(&[client_v1::initialize(&late.pubkey(), 4)], &[&late])
        .await
        .expect_ok();
    assert_eq!(scene.lamports(config).await, V1_LAMPORTS);
    assert_eq!(scene.lamports(late.pubkey()).await, FUNDS - V1_LAMPORTS + 1);
}
