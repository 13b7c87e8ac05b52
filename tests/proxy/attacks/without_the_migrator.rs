//! `retire` and `adopt` called by someone else than the migration program.

use {
    crate::common::{ACCOUNT_ALREADY_IN_USE, migrate, relayed},
    account_migration::RETIRED,
    anchor_lang::{error::ErrorCode, prelude::AccountMeta, solana_program::system_program},
    app::error::ConfigError,
    integration::{
        proxy::{Source, relay_program},
        rejection::{expect_failure, expect_rejection},
        scene::{FUNDS, Scene, account},
    },
    migrator::constants::MIGRATION_AUTHORITY,
    relay::RELAY_AUTHORITY,
    successor::{error::SuccessorError, instructions::AdoptArgs, state::Fee},
    svm_harness::{
        Backend, DEFAULT_LAMPORTS_PER_BYTE, Instruction, Pubkey, Signer, TransactionError,
        on_both_backends,
    },
    testkit::{client_successor, client_v2, key::key},
};

on_both_backends!(
    nobody_retires_a_config_without_the_migrator,
    nothing_but_a_config_of_the_old_program_is_retired,
    nobody_adopts_a_retired_config_without_the_migrator,
    nothing_but_a_retired_config_of_the_old_program_is_adopted,
    a_config_is_adopted_once,
    neither_half_happens_without_the_authoritys_signature,
);

async fn scene(source: Source, backend: Backend) -> Scene {
    let mut scene = source.scene(backend).await;
    scene.svm.deploy(&relay_program()).await;
    scene
}

fn retire(scene: &Scene) -> Instruction {
    let authority = scene.authority.pubkey();
    client_v2::retire(&scene.config, &authority, &authority)
}

fn args() -> AdoptArgs {
    AdoptArgs {
        version: 1,
        value: 666,
        revision: 0,
        fee: Fee::default(),
        operators: Vec::new(),
    }
}

fn adopt(scene: &Scene, predecessor: &Pubkey) -> Instruction {
    let authority = scene.authority.pubkey();
    client_successor::adopt(predecessor, &authority, &authority, args())
}

/// The instruction with this in place of the migration authority.
fn signed_by(mut instruction: Instruction, signer: AccountMeta) -> Instruction {
    let authority = instruction
        .accounts
        .iter_mut()
        .find(|meta| meta.pubkey == MIGRATION_AUTHORITY);
    *authority.expect("it names the migration authority") = signer;
    instruction
}

fn unsigned(instruction: Instruction) -> Instruction {
    let unsigned = AccountMeta::new_readonly(MIGRATION_AUTHORITY, false);
    signed_by(instruction, unsigned)
}

/// Whatever signs in the migrator's place, directly or through a program that signs with an address
/// of its own, derived from the same seed.
async fn expect_refused(scene: &mut Scene, instruction: Instruction, wrong: u32) {
    let authority = scene.authority.insecure_clone();
    expect_failure(
        &mut scene.svm,
        std::slice::from_ref(&instruction),
        &[&authority],
        TransactionError::SignatureFailure,
    )
    .await;

    let unsigned = unsigned(instruction.clone());
    for unsigned in [relayed(unsigned.clone()), unsigned] {
        expect_rejection(
            &mut scene.svm,
            unsigned,
            &[&authority],
            ErrorCode::AccountNotSigner,
        )
        .await;
    }

    let own_key = AccountMeta::new_readonly(authority.pubkey(), true);
    let fake_migrator = AccountMeta::new_readonly(RELAY_AUTHORITY, true);
    for signed in [
        signed_by(instruction.clone(), own_key),
        relayed(signed_by(instruction, fake_migrator)),
    ] {
        expect_rejection(&mut scene.svm, signed, &[&authority], wrong).await;
    }
}

/// An account of any owner and data, rent-exempt.
async fn plant(scene: &mut Scene, owner: Pubkey, data: &[u8]) -> Pubkey {
    let address = key("planted").pubkey();
    let lamports = (128 + data.len() as u64) * DEFAULT_LAMPORTS_PER_BYTE;
    let planted = account(owner, data.to_vec(), lamports);
    scene.svm.set_account(address, planted).await;
    address
}

async fn nobody_retires_a_config_without_the_migrator(backend: Backend) {
    for source in Source::ALL {
        let mut scene = scene(source, backend).await;
        let retire = retire(&scene);
        let wrong = ConfigError::WrongMigrationAuthority.into();
        expect_refused(&mut scene, retire, wrong).await;
    }
}

/// The config's owner is looked at before the migration authority's address, so the error tells.
async fn nothing_but_a_config_of_the_old_program_is_retired(backend: Backend) {
    for source in Source::ALL {
        let mut scene = scene(source, backend).await;
        let data = scene.data().await;
        for owner in [successor::ID, relay::ID, system_program::ID] {
            let planted = plant(&mut scene, owner, &data).await;
            let mut retire = retire(&scene);
            retire.accounts[0].pubkey = planted;
            expect_refused(&mut scene, retire, ErrorCode::ConstraintOwner.into()).await;
        }
    }
}

async fn nobody_adopts_a_retired_config_without_the_migrator(backend: Backend) {
    let mut scene = scene(Source::V1, backend).await;
    let retired = plant(&mut scene, app::ID, &RETIRED).await;
    let adopt = adopt(&scene, &retired);
    let wrong = SuccessorError::WrongMigrationAuthority.into();
    expect_refused(&mut scene, adopt, wrong).await;
}

/// The predecessor is looked at before the migration authority's address, so the error tells.
async fn nothing_but_a_retired_config_of_the_old_program_is_adopted(backend: Backend) {
    for source in Source::ALL {
        let mut scene = scene(source, backend).await;
        let not_retired = u32::from(SuccessorError::NotRetired);

        let live = adopt(&scene, &scene.config);
        expect_refused(&mut scene, live, not_retired).await;

        for (owner, data) in [
            (successor::ID, &RETIRED[..]),
            (relay::ID, &RETIRED),
            (system_program::ID, &RETIRED),
            (app::ID, &[]),
            (app::ID, &[0xff; 7]),
            (app::ID, &[0xff; 9]),
            (app::ID, &[0; 8]),
        ] {
            let predecessor = plant(&mut scene, owner, data).await;
            let adopt = adopt(&scene, &predecessor);
            expect_refused(&mut scene, adopt, not_retired).await;
        }

        let nothing = adopt(&scene, &key("nothing").pubkey());
        expect_refused(&mut scene, nothing, not_retired).await;
    }
}

async fn a_config_is_adopted_once(backend: Backend) {
    for source in Source::ALL {
        let mut scene = scene(source, backend).await;
        migrate(&mut scene).await;
        let again = adopt(&scene, &scene.config);
        expect_refused(&mut scene, again, ACCOUNT_ALREADY_IN_USE).await;
    }
}

/// The signature is looked for before the migration authority's address, so the error tells.
async fn neither_half_happens_without_the_authoritys_signature(backend: Backend) {
    for source in Source::ALL {
        let mut scene = scene(source, backend).await;
        let (authority, stranger) = (scene.authority.pubkey(), key("stranger"));
        scene.svm.fund(stranger.pubkey(), FUNDS).await;
        let retired = plant(&mut scene, app::ID, &RETIRED).await;
        let retire = client_v2::retire(&scene.config, &authority, &stranger.pubkey());
        let adopt = client_successor::adopt(&retired, &authority, &stranger.pubkey(), args());
        for instruction in [retire, adopt] {
            let own_key = AccountMeta::new_readonly(stranger.pubkey(), true);
            let mut unsigned = signed_by(instruction, own_key);
            for meta in &mut unsigned.accounts {
                meta.is_signer &= meta.pubkey != authority;
            }
            expect_rejection(
                &mut scene.svm,
                unsigned,
                &[&stranger],
                ErrorCode::AccountNotSigner,
            )
            .await;
        }
    }
}
