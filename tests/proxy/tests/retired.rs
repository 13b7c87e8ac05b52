//! A retired config is of no use to `app`, for good.

use {
    crate::{
        common::{ACCOUNT_ALREADY_IN_USE, initialize_v2, migrate},
        scene::Source,
    },
    account_migration::RETIRED,
    anchor_lang::error::ErrorCode,
    app::error::ConfigError,
    integration::{
        rejection::{expect_failure, expect_rejection, failure},
        scene::{FUNDS, Scene},
    },
    migrator::error::MigratorError,
    proxy::{adopted::adopted, client_migrator},
    support::{client_v1, client_v2, releases::release},
    svm_harness::{Account, Backend, Instruction, Keypair, Pubkey, Signer, on_both_backends},
};

on_both_backends!(
    every_instruction_rejects_a_retired_config,
    the_transaction_that_retires_a_config_cannot_use_it_again,
    release_1_rejects_a_retired_config,
    lamports_sent_to_a_retired_config_stay,
    a_retired_config_below_its_rent_stays,
);

/// What an authority may send for its config, and the error that it must get.
fn by_authority(config: &Pubkey, authority: &Pubkey) -> Vec<(Instruction, u32)> {
    let retired = u32::from(ConfigError::Retired);
    vec![
        (client_v1::initialize(authority, 1), ACCOUNT_ALREADY_IN_USE),
        (initialize_v2(authority, 1), ACCOUNT_ALREADY_IN_USE),
        (client_v1::update(authority, 1), retired),
        (client_v1::close(authority), retired),
        (
            client_migrator::migrate_account(authority, authority),
            MigratorError::AlreadyMigrated.into(),
        ),
        (client_v2::update_v2(config, authority, 1, None), retired),
        (
            client_v2::set_operators(authority, vec![*authority]),
            retired,
        ),
        (client_v2::set_fee(authority, 0, *authority), retired),
        (client_v2::migrate(config, authority, authority), retired),
    ]
}

/// What the program's upgrade authority may send.
fn by_upgrade_authority(config: &Pubkey, signer: &Pubkey) -> [Instruction; 4] {
    [
        client_v2::migrate_as_upgrade_authority(config, signer, signer),
        client_v2::migrate_many(&[*config], signer, u64::MAX),
        client_v2::rollback(config, signer, false),
        client_v2::rollback(config, signer, true),
    ]
}

async fn expect_unusable(scene: &mut Scene) {
    let authority = scene.authority.insecure_clone();
    for (instruction, code) in by_authority(&scene.config, &authority.pubkey()) {
        expect_rejection(&mut scene.svm, instruction, &[&authority], code).await;
    }
}

async fn retired_account(scene: &mut Scene) -> Account {
    let account = scene.svm.account(scene.config).await;
    let account = account.expect("8 bytes stay");
    assert_eq!((account.owner, &account.data[..]), (app::ID, &RETIRED[..]));
    account
}

async fn every_instruction_rejects_a_retired_config(backend: Backend) {
    for source in Source::ALL {
        let mut scene = source.scene(backend).await;
        let upgrade_authority = scene.svm.upgrade_authority().insecure_clone();
        scene.svm.fund(upgrade_authority.pubkey(), FUNDS).await;
        migrate(&mut scene).await;

        expect_unusable(&mut scene).await;
        for instruction in by_upgrade_authority(&scene.config, &upgrade_authority.pubkey()) {
            expect_rejection(
                &mut scene.svm,
                instruction,
                &[&upgrade_authority],
                ConfigError::Retired,
            )
            .await;
        }
        assert_eq!(adopted(&mut scene.svm, &scene.config).await.value, 7);
    }
}

async fn the_transaction_that_retires_a_config_cannot_use_it_again(backend: Backend) {
    for source in Source::ALL {
        let mut scene = source.scene(backend).await;
        let authority = scene.authority.insecure_clone();
        let migrate = client_migrator::migrate_account(&authority.pubkey(), &authority.pubkey());
        for (instruction, code) in by_authority(&scene.config, &authority.pubkey()) {
            let signers: [&Keypair; 1] = [&authority];
            expect_failure(
                &mut scene.svm,
                &[migrate.clone(), instruction],
                &signers,
                failure(1, code),
            )
            .await;
        }
        scene.svm.send(&[migrate], &[&authority]).await.expect_ok();
    }
}

async fn release_1_rejects_a_retired_config(backend: Backend) {
    for source in Source::ALL {
        let mut scene = source.scene(backend).await;
        migrate(&mut scene).await;
        scene.svm.upgrade(&release(1)).await;
        let authority = scene.authority.insecure_clone();
        let address = authority.pubkey();
        for (instruction, code) in [
            (client_v1::initialize(&address, 1), ACCOUNT_ALREADY_IN_USE),
            (
                client_v1::update(&address, 1),
                ErrorCode::AccountDiscriminatorMismatch.into(),
            ),
            (
                client_v1::close(&address),
                ErrorCode::AccountDiscriminatorMismatch.into(),
            ),
            (
                client_migrator::migrate_account(&address, &address),
                MigratorError::AlreadyMigrated.into(),
            ),
        ] {
            expect_rejection(&mut scene.svm, instruction, &[&authority], code).await;
        }
        retired_account(&mut scene).await;
    }
}

async fn lamports_sent_to_a_retired_config_stay(backend: Backend) {
    let mut scene = Source::V1.scene(backend).await;
    migrate(&mut scene).await;
    let before = retired_account(&mut scene).await;
    scene.svm.fund(scene.config, FUNDS).await;

    expect_unusable(&mut scene).await;
    let expected = Account {
        lamports: before.lamports + FUNDS,
        ..before
    };
    assert_eq!(retired_account(&mut scene).await, expected);
}

/// Rent that rises takes no account away, so nothing can be made at the address then either.
async fn a_retired_config_below_its_rent_stays(backend: Backend) {
    let mut scene = Source::V1.scene(backend).await;
    migrate(&mut scene).await;
    let before = retired_account(&mut scene).await;
    scene.svm.set_rent(69_600).await;

    expect_unusable(&mut scene).await;
    assert_eq!(retired_account(&mut scene).await, before);
}
