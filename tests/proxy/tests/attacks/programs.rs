//! Another program in the place of the old one, the new one or the migrator.

use {
    crate::scene::Source,
    anchor_lang::{error::ErrorCode, solana_program::system_program},
    integration::{rejection::expect_rejection, relay::relay_program, scene::account},
    migrator::{constants::MIGRATION_AUTHORITY, error::MigratorError},
    proxy::client_migrator::migrate_account,
    relay::RELAY_AUTHORITY,
    support::key::key,
    svm_harness::{Backend, Signer, on_both_backends},
};

on_both_backends!(
    no_other_program_is_called,
    no_other_migration_authority_is_named,
    a_config_of_another_program_is_none,
);

/// Where `migrate_account` names the migration authority and, behind it, the three programs.
const MIGRATION_AUTHORITY_INDEX: usize = 5;

async fn no_other_program_is_called(backend: Backend) {
    for source in Source::ALL {
        let mut scene = source.scene(backend).await;
        scene.svm.deploy(&relay_program()).await;
        let authority = scene.authority.insecure_clone();
        let migrate = migrate_account(&authority.pubkey(), &authority.pubkey());
        let programs = [app::ID, successor::ID, system_program::ID];
        for (i, program) in programs.into_iter().enumerate() {
            let index = MIGRATION_AUTHORITY_INDEX + 1 + i;
            assert_eq!(migrate.accounts[index].pubkey, program);
            let others = [relay::ID, migrator::ID, key("no program").pubkey()];
            for other in others.into_iter().chain(programs) {
                if other == program {
                    continue;
                }
                let mut fake = migrate.clone();
                fake.accounts[index].pubkey = other;
                expect_rejection(
                    &mut scene.svm,
                    fake,
                    &[&authority],
                    ErrorCode::InvalidProgramId,
                )
                .await;
            }
        }
    }
}

async fn no_other_migration_authority_is_named(backend: Backend) {
    let mut scene = Source::V1.scene(backend).await;
    let authority = scene.authority.insecure_clone();
    let migrate = migrate_account(&authority.pubkey(), &authority.pubkey());
    let named = migrate.accounts[MIGRATION_AUTHORITY_INDEX].pubkey;
    assert_eq!(named, MIGRATION_AUTHORITY);
    for (forged, is_signer) in [(RELAY_AUTHORITY, false), (authority.pubkey(), true)] {
        let mut instruction = migrate.clone();
        instruction.accounts[MIGRATION_AUTHORITY_INDEX].pubkey = forged;
        instruction.accounts[MIGRATION_AUTHORITY_INDEX].is_signer = is_signer;
        expect_rejection(
            &mut scene.svm,
            instruction,
            &[&authority],
            MigratorError::WrongMigrationAuthority,
        )
        .await;
    }
}

/// Right bytes at the right address, but not the old program's.
async fn a_config_of_another_program_is_none(backend: Backend) {
    for source in Source::ALL {
        let mut scene = source.scene(backend).await;
        let authority = scene.authority.insecure_clone();
        let (data, lamports) = (scene.data().await, scene.lamports(scene.config).await);
        for owner in [
            relay::ID,
            migrator::ID,
            successor::ID,
            system_program::ID,
            key("a program").pubkey(),
        ] {
            let planted = account(owner, data.clone(), lamports);
            scene.svm.set_account(scene.config, planted).await;
            expect_rejection(
                &mut scene.svm,
                migrate_account(&authority.pubkey(), &authority.pubkey()),
                &[&authority],
                ErrorCode::AccountOwnedByWrongProgram,
            )
            .await;
        }
    }
}
