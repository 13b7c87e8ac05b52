//! `adopt` called by someone else than the migration program. `retire` is `app`'s: `tests/attacks/retire.rs`.

use {
    crate::{
        common::{ACCOUNT_ALREADY_IN_USE, migrate},
        scene::Source,
    },
    account_migration::RETIRED,
    anchor_lang::solana_program::system_program,
    integration::{
        migration_authority::{
            expect_rejected_of_others, expect_rejected_without_authority, plant,
        },
        relay::relay_program,
        scene::{FUNDS, Scene},
    },
    proxy::client_successor,
    successor::{error::SuccessorError, instructions::AdoptArgs, state::Fee},
    support::key::key,
    svm_harness::{Backend, Instruction, Pubkey, Signer, on_both_backends},
};

on_both_backends!(
    nobody_adopts_a_retired_config_without_the_migrator,
    nothing_but_a_retired_config_of_the_old_program_is_adopted,
    a_config_is_adopted_once,
    a_config_is_not_adopted_without_its_authoritys_signature,
);

async fn scene(source: Source, backend: Backend) -> Scene {
    let mut scene = source.scene(backend).await;
    scene.svm.deploy(&relay_program()).await;
    scene
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

async fn nobody_adopts_a_retired_config_without_the_migrator(backend: Backend) {
    let mut scene = scene(Source::V1, backend).await;
    let retired = plant(&mut scene, app::ID, &RETIRED).await;
    let adopt = adopt(&scene, &retired);
    let wrong = SuccessorError::WrongMigrationAuthority.into();
    expect_rejected_of_others(&mut scene, adopt, wrong).await;
}

/// The predecessor is looked at before the migration authority's address, so the error shows it.
async fn nothing_but_a_retired_config_of_the_old_program_is_adopted(backend: Backend) {
    for source in Source::ALL {
        let mut scene = scene(source, backend).await;
        let not_retired = u32::from(SuccessorError::NotRetired);

        let live = adopt(&scene, &scene.config);
        expect_rejected_of_others(&mut scene, live, not_retired).await;

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
            expect_rejected_of_others(&mut scene, adopt, not_retired).await;
        }

        let nothing = adopt(&scene, &key("nothing").pubkey());
        expect_rejected_of_others(&mut scene, nothing, not_retired).await;
    }
}

async fn a_config_is_adopted_once(backend: Backend) {
    for source in Source::ALL {
        let mut scene = scene(source, backend).await;
        migrate(&mut scene).await;
        let again = adopt(&scene, &scene.config);
        expect_rejected_of_others(&mut scene, again, ACCOUNT_ALREADY_IN_USE).await;
    }
}

/// The signature is looked for before the migration authority's address, so the error shows it.
async fn a_config_is_not_adopted_without_its_authoritys_signature(backend: Backend) {
    for source in Source::ALL {
        let mut scene = scene(source, backend).await;
        let stranger = key("stranger");
        scene.svm.fund(stranger.pubkey(), FUNDS).await;
        let retired = plant(&mut scene, app::ID, &RETIRED).await;
        let authority = scene.authority.pubkey();
        let adopt = client_successor::adopt(&retired, &authority, &stranger.pubkey(), args());
        expect_rejected_without_authority(&mut scene, adopt, &stranger).await;
    }
}
