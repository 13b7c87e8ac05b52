//! `retire` called by someone else than the migration program.

use {
    anchor_lang::{error::ErrorCode, solana_program::system_program},
    app::error::ConfigError,
    integration::{
        migration_authority::{
            expect_rejected_of_others, expect_rejected_without_authority, plant,
        },
        relay::relay_program,
        scene::{FUNDS, Scene},
    },
    support::{client_v2, key::key},
    svm_harness::{Backend, Instruction, Signer, on_both_backends},
};

on_both_backends!(
    nobody_retires_a_config_without_the_migrator,
    nothing_but_a_config_of_the_program_is_retired,
    a_config_is_not_retired_without_its_authoritys_signature,
);

/// A config in each layout, and a program that signs with an address of its own.
async fn scenes(backend: Backend) -> [Scene; 2] {
    let mut scenes = [
        Scene::with_v1_account(backend, 7).await,
        Scene::with_v2_account(backend, 7).await,
    ];
    for scene in &mut scenes {
        scene.svm.deploy(&relay_program()).await;
    }
    scenes
}

fn retire(scene: &Scene) -> Instruction {
    let authority = scene.authority.pubkey();
    client_v2::retire(&scene.config, &authority, &authority)
}

async fn nobody_retires_a_config_without_the_migrator(backend: Backend) {
    for mut scene in scenes(backend).await {
        let retire = retire(&scene);
        let wrong = ConfigError::WrongMigrationAuthority.into();
        expect_rejected_of_others(&mut scene, retire, wrong).await;
    }
}

/// The config's owner is looked at before the migration authority's address, so the error shows it.
async fn nothing_but_a_config_of_the_program_is_retired(backend: Backend) {
    for mut scene in scenes(backend).await {
        let data = scene.data().await;
        let another = key("another program").pubkey();
        for owner in [another, relay::ID, system_program::ID] {
            let planted = plant(&mut scene, owner, &data).await;
            let mut retire = retire(&scene);
            retire.accounts[0].pubkey = planted;
            let wrong = ErrorCode::ConstraintOwner.into();
            expect_rejected_of_others(&mut scene, retire, wrong).await;
        }
    }
}

/// The signature is looked for before the migration authority's address, so the error shows it.
async fn a_config_is_not_retired_without_its_authoritys_signature(backend: Backend) {
    for mut scene in scenes(backend).await {
        let stranger = key("stranger");
        scene.svm.fund(stranger.pubkey(), FUNDS).await;
        let authority = scene.authority.pubkey();
        let retire = client_v2::retire(&scene.config, &authority, &stranger.pubkey());
        expect_rejected_without_authority(&mut scene, retire, &stranger).await;
    }
}
