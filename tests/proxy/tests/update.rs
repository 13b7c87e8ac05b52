//! The config's life in the successor program.

use {
    crate::{
        common::{migrate, scene_at},
        scene::Source,
    },
    anchor_lang::error::ErrorCode,
    integration::rejection::expect_rejection,
    proxy::{adopted::adopted, client_successor},
    successor::error::SuccessorError,
    support::key::key,
    svm_harness::{Backend, DEFAULT_LAMPORTS_PER_BYTE, Signer, on_both_backends},
};

on_both_backends!(the_authority_updates_the_adopted_config, nobody_else_does);

async fn the_authority_updates_the_adopted_config(backend: Backend) {
    for source in Source::ALL {
        let mut scene = scene_at(source, backend, DEFAULT_LAMPORTS_PER_BYTE).await;
        migrate(&mut scene).await;
        let mut expected = adopted(&mut scene.svm, &scene.config).await;

        for value in [0, u64::MAX] {
            let update = client_successor::update(&scene.config, &scene.authority.pubkey(), value);
            let outcome = scene.svm.send(&[update], &[&scene.authority]).await;
            outcome.expect_ok();
            expected.value = value;
            expected.revision += 1;
            assert_eq!(adopted(&mut scene.svm, &scene.config).await, expected);
        }
    }
}

async fn nobody_else_does(backend: Backend) {
    let mut scene = scene_at(Source::V2, backend, DEFAULT_LAMPORTS_PER_BYTE).await;
    migrate(&mut scene).await;
    for name in ["stranger", "operator 1"] {
        let signer = key(name);
        let update = client_successor::update(&scene.config, &signer.pubkey(), 666);
        expect_rejection(
            &mut scene.svm,
            update,
            &[&signer],
            SuccessorError::WrongAuthority,
        )
        .await;
    }

    let mut unsigned = client_successor::update(&scene.config, &scene.authority.pubkey(), 666);
    unsigned.accounts[1].is_signer = false;
    expect_rejection(&mut scene.svm, unsigned, &[], ErrorCode::AccountNotSigner).await;
}
