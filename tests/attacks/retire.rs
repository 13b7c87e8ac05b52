//! `retire` called by someone else than the migration program, and by one that asks for nothing.

use {
    account_migration::RETIRED,
    anchor_lang::{error::ErrorCode, solana_program::system_program},
    app::error::ConfigError,
    integration::{
        migration_authority::{
            expect_rejected_of_others, expect_rejected_without_authority, plant,
        },
        rejection::expect_rejection,
        relay::{hostile_migrator, relay_program, signed_as_migrator},
        scene::{FUNDS, Scene},
    },
    support::{client_v2, key::key},
    svm_harness::{Backend, Instruction, Signer, on_both_backends},
};

on_both_backends!(
    nobody_retires_a_config_without_the_migrator,
    nothing_but_a_config_of_the_program_is_retired,
    a_config_is_not_retired_without_its_authoritys_signature,
    a_hostile_migrator_retires_no_config_without_its_authority,
    a_hostile_migrator_retires_nothing_but_a_config_of_the_program,
    a_hostile_migrator_retires_a_config_with_its_authority,
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

/// Whoever else signs, it is not the authority that the config names.
async fn a_hostile_migrator_retires_no_config_without_its_authority(backend: Backend) {
    for mut scene in scenes(backend).await {
        scene.svm.deploy(&hostile_migrator()).await;
        let upgrade_authority = scene.svm.upgrade_authority().insecure_clone();
        for signer in [key("stranger"), upgrade_authority] {
            let address = signer.pubkey();
            scene.svm.fund(address, FUNDS).await;
            let retire = client_v2::retire(&scene.config, &address, &address);
            expect_rejection(
                &mut scene.svm,
                signed_as_migrator(retire),
                &[&signer],
                ConfigError::WrongAuthority,
            )
            .await;
        }
    }
}

/// The authority signs for what it planted itself.
async fn a_hostile_migrator_retires_nothing_but_a_config_of_the_program(backend: Backend) {
    for mut scene in scenes(backend).await {
        scene.svm.deploy(&hostile_migrator()).await;
        let authority = scene.authority.insecure_clone();
        let config = scene.data().await;
        let another = key("another program").pubkey();
        for (owner, data, code) in [
            (another, &config[..], u32::from(ErrorCode::ConstraintOwner)),
            (relay::ID, &config, ErrorCode::ConstraintOwner.into()),
            (app::ID, &config[..47], ConfigError::Truncated.into()),
            (app::ID, &[0; 48], ConfigError::Uninitialized.into()),
            (app::ID, &[1; 48], ConfigError::UnknownVersion.into()),
            (app::ID, &RETIRED, ConfigError::Retired.into()),
        ] {
            let planted = plant(&mut scene, owner, data).await;
            let retire = client_v2::retire(&planted, &authority.pubkey(), &authority.pubkey());
            let retire = signed_as_migrator(retire);
            expect_rejection(&mut scene.svm, retire, &[&authority], code).await;
        }
    }
}

/// Otherwise the rejections above would show nothing.
async fn a_hostile_migrator_retires_a_config_with_its_authority(backend: Backend) {
    for mut scene in scenes(backend).await {
        scene.svm.deploy(&hostile_migrator()).await;
        let retire = signed_as_migrator(retire(&scene));
        let outcome = scene.svm.send(&[retire], &[&scene.authority]).await;
        outcome.expect_ok();
        assert_eq!(scene.data().await, RETIRED);
    }
}
