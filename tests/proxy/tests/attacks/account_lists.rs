//! Broken account lists.

use {
    crate::scene::Source,
    anchor_lang::error::ErrorCode,
    integration::{
        rejection::expect_rejection,
        scene::{FUNDS, Scene},
    },
    migrator::error::MigratorError,
    proxy::client_migrator::migrate_account_to,
    support::key::key,
    svm_harness::{Backend, Instruction, Keypair, Signer, on_both_backends},
};

on_both_backends!(
    a_list_of_any_shorter_length_is_rejected,
    what_is_written_must_be_writable,
    accounts_in_each_others_place_are_rejected,
);

const OLD: usize = 0;
const NEW: usize = 1;
const AUTHORITY: usize = 2;
const PAYER: usize = 3;
const RECIPIENT: usize = 4;
const MIGRATION_AUTHORITY: usize = 5;
const APP: usize = 6;
const SUCCESSOR: usize = 7;
const SYSTEM: usize = 8;

/// A config, and its migration with an account of its own for every role.
async fn scene(source: Source, backend: Backend) -> (Scene, Keypair, Instruction) {
    let mut scene = source.scene(backend).await;
    let [payer, recipient] = ["payer", "recipient"].map(key);
    for address in [payer.pubkey(), recipient.pubkey()] {
        scene.svm.fund(address, FUNDS).await;
    }
    let authority = scene.authority.pubkey();
    let migrate = migrate_account_to(&authority, &payer.pubkey(), &recipient.pubkey(), None);
    (scene, payer, migrate)
}

async fn a_list_of_any_shorter_length_is_rejected(backend: Backend) {
    for source in Source::ALL {
        let (mut scene, payer, migrate) = scene(source, backend).await;
        let authority = scene.authority.insecure_clone();
        for len in 0..migrate.accounts.len() {
            let mut short = migrate.clone();
            short.accounts.truncate(len);
            let signers: &[&Keypair] = match len {
                0..=AUTHORITY => &[],
                PAYER => &[&authority],
                _ => &[&authority, &payer],
            };
            expect_rejection(
                &mut scene.svm,
                short,
                signers,
                ErrorCode::AccountNotEnoughKeys,
            )
            .await;
        }
    }
}

async fn what_is_written_must_be_writable(backend: Backend) {
    for source in Source::ALL {
        let (mut scene, payer, migrate) = scene(source, backend).await;
        let authority = scene.authority.insecure_clone();
        for index in [OLD, NEW, PAYER, RECIPIENT] {
            let mut read_only = migrate.clone();
            read_only.accounts[index].is_writable = false;
            expect_rejection(
                &mut scene.svm,
                read_only,
                &[&authority, &payer],
                ErrorCode::ConstraintMut,
            )
            .await;
        }
    }
}

async fn accounts_in_each_others_place_are_rejected(backend: Backend) {
    for source in Source::ALL {
        let (mut scene, payer, migrate) = scene(source, backend).await;
        let authority = scene.authority.insecure_clone();
        let not_initialized = u32::from(ErrorCode::AccountNotInitialized);
        let invalid_program = ErrorCode::InvalidProgramId.into();
        for (a, b, code) in [
            (OLD, NEW, not_initialized),
            (OLD, RECIPIENT, ErrorCode::AccountOwnedByWrongProgram.into()),
            (NEW, RECIPIENT, ErrorCode::ConstraintSeeds.into()),
            (AUTHORITY, PAYER, MigratorError::WrongAuthority.into()),
            (
                RECIPIENT,
                MIGRATION_AUTHORITY,
                MigratorError::WrongMigrationAuthority.into(),
            ),
            (MIGRATION_AUTHORITY, APP, invalid_program),
            (APP, SUCCESSOR, invalid_program),
            (APP, SYSTEM, invalid_program),
            (SUCCESSOR, SYSTEM, invalid_program),
        ] {
            // The addresses change places; what the client says of each place stays.
            let mut swapped = migrate.clone();
            swapped.accounts[a].pubkey = migrate.accounts[b].pubkey;
            swapped.accounts[b].pubkey = migrate.accounts[a].pubkey;
            expect_rejection(&mut scene.svm, swapped, &[&authority, &payer], code).await;
        }
    }
}
