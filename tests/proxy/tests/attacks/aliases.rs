//! The same account, or the same instruction, twice.

use {
    crate::scene::Source,
    anchor_lang::error::ErrorCode,
    app::error::ConfigError,
    integration::rejection::{expect_failure, expect_rejection, failure},
    migrator::error::MigratorError,
    proxy::client_migrator::migrate_account,
    svm_harness::{Backend, Signer, on_both_backends},
};

on_both_backends!(
    one_account_in_two_places_is_rejected,
    one_migration_sent_twice_fails_as_a_whole,
);

async fn one_account_in_two_places_is_rejected(backend: Backend) {
    for source in Source::ALL {
        let mut scene = source.scene(backend).await;
        let authority = scene.authority.insecure_clone();
        let migrate = migrate_account(&authority.pubkey(), &authority.pubkey());
        let (old, new) = (scene.config, migrate.accounts[1].pubkey);
        let not_signer = u32::from(ErrorCode::AccountNotSigner);
        for (index, address, is_signer, code) in [
            (0, new, false, ErrorCode::AccountNotInitialized.into()),
            (1, old, false, ErrorCode::ConstraintSeeds.into()),
            (
                1,
                authority.pubkey(),
                true,
                ErrorCode::ConstraintSeeds.into(),
            ),
            // A config cannot sign.
            (2, old, false, not_signer),
            (2, new, false, not_signer),
            (3, old, false, not_signer),
            (3, new, false, not_signer),
            (4, old, false, ConfigError::RecipientIsConfig.into()),
            (5, old, false, MigratorError::WrongMigrationAuthority.into()),
            (6, old, false, ErrorCode::InvalidProgramId.into()),
        ] {
            let mut alias = migrate.clone();
            alias.accounts[index].pubkey = address;
            alias.accounts[index].is_signer = is_signer;
            expect_rejection(&mut scene.svm, alias, &[&authority], code).await;
        }
    }
}

async fn one_migration_sent_twice_fails_as_a_whole(backend: Backend) {
    for source in Source::ALL {
        let mut scene = source.scene(backend).await;
        let authority = scene.authority.insecure_clone();
        let migrate = migrate_account(&authority.pubkey(), &authority.pubkey());
        expect_failure(
            &mut scene.svm,
            &[migrate.clone(), migrate],
            &[&authority],
            failure(1, MigratorError::AlreadyMigrated),
        )
        .await;
    }
}
