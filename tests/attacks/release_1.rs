//! Attempts on the instructions of release 1.

use {
    crate::forgery::{v1_bytes, v1_lamports},
    anchor_lang::error::ErrorCode,
    app::error::ConfigError,
    integration::{
        rejection::expect_rejection,
        scene::{FUNDS, Scene, account},
    },
    support::{client_v1, key::key},
    svm_harness::{Backend, Instruction, Signer, on_both_backends},
};

on_both_backends!(release_1_instructions_reject_strangers_on_either_layout,);

async fn release_1_instructions_reject_strangers_on_either_layout(backend: Backend) {
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
    let account = account(app::ID, v1_bytes(scene.authority.pubkey()), v1_lamports());
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
