//! Attempts on `update_v2`, `set_operators`, `set_fee` and `initialize_v2`.

use {
    app::{error::ConfigError, instructions::InitializeV2Args},
    integration::{
        rejection::expect_rejection,
        scene::{FUNDS, Scene},
    },
    support::{client_v1, client_v2, key::key},
    svm_harness::{Backend, Pubkey, Signer, on_both_backends},
};

on_both_backends!(
    update_v2_rejects_strangers_and_stale_revisions,
    settings_reject_strangers_and_bad_values,
);

async fn update_v2_rejects_strangers_and_stale_revisions(backend: Backend) {
    let mut scene = Scene::with_v2_account(backend, 1).await;
    let authority = scene.authority.insecure_clone();
    let stranger = key("stranger");
    let config = scene.config;

    let by_stranger = client_v2::update_v2(&config, &stranger.pubkey(), 666, None);
    expect_rejection(
        &mut scene.svm,
        by_stranger,
        &[&stranger],
        ConfigError::CannotUpdate,
    )
    .await;

    let stale = client_v2::update_v2(&config, &authority.pubkey(), 2, Some(1));
    expect_rejection(
        &mut scene.svm,
        stale,
        &[&authority],
        ConfigError::RevisionMismatch,
    )
    .await;

    // A release-1 client's update is a revision that a release-2 client notices.
    scene
        .svm
        .send(&[client_v1::update(&authority.pubkey(), 2)], &[&authority])
        .await
        .expect_ok();
    let stale = client_v2::update_v2(&config, &authority.pubkey(), 3, Some(0));
    expect_rejection(
        &mut scene.svm,
        stale,
        &[&authority],
        ConfigError::RevisionMismatch,
    )
    .await;

    // Where others are operators, a stranger is none.
    let operator = key("operator").pubkey();
    let operators = client_v2::set_operators(&authority.pubkey(), vec![operator]);
    let outcome = scene.svm.send(&[operators], &[&authority]).await;
    outcome.expect_ok();
    let by_stranger = client_v2::update_v2(&config, &stranger.pubkey(), 666, None);
    let code = ConfigError::CannotUpdate;
    expect_rejection(&mut scene.svm, by_stranger, &[&stranger], code).await;

    // An operator that was removed is a stranger again.
    for operators in [vec![stranger.pubkey()], vec![]] {
        scene
            .svm
            .send(
                &[client_v2::set_operators(&authority.pubkey(), operators)],
                &[&authority],
            )
            .await
            .expect_ok();
    }
    let by_former = client_v2::update_v2(&config, &stranger.pubkey(), 666, None);
    expect_rejection(
        &mut scene.svm,
        by_former,
        &[&stranger],
        ConfigError::CannotUpdate,
    )
    .await;
}

async fn settings_reject_strangers_and_bad_values(backend: Backend) {
    let mut scene = Scene::with_v2_account(backend, 1).await;
    let authority = scene.authority.insecure_clone();
    let stranger = key("stranger");
    scene.svm.fund(stranger.pubkey(), FUNDS).await;

    for mut instruction in [
        client_v2::set_operators(&stranger.pubkey(), vec![stranger.pubkey()]),
        client_v2::set_fee(&stranger.pubkey(), 1, stranger.pubkey()),
    ] {
        instruction.accounts[0].pubkey = scene.config;
        expect_rejection(
            &mut scene.svm,
            instruction,
            &[&stranger],
            ConfigError::WrongAuthority,
        )
        .await;
    }

    let many = |count: u8| {
        (0..count)
            .map(|i| Pubkey::new_from_array([i; 32]))
            .collect()
    };
    let too_many = client_v2::set_operators(&authority.pubkey(), many(17));
    expect_rejection(
        &mut scene.svm,
        too_many,
        &[&authority],
        ConfigError::TooManyOperators,
    )
    .await;
    let twice = vec![stranger.pubkey(), authority.pubkey(), stranger.pubkey()];
    let twice = client_v2::set_operators(&authority.pubkey(), twice);
    expect_rejection(
        &mut scene.svm,
        twice,
        &[&authority],
        ConfigError::DuplicateOperator,
    )
    .await;
    let no_mint = client_v2::set_fee(&authority.pubkey(), 1, Pubkey::default());
    expect_rejection(
        &mut scene.svm,
        no_mint,
        &[&authority],
        ConfigError::FeeMintMissing,
    )
    .await;

    for (operators, fee, code) in [
        (many(17), 0, ConfigError::TooManyOperators),
        (
            vec![authority.pubkey(); 2],
            0,
            ConfigError::DuplicateOperator,
        ),
        (vec![], 1, ConfigError::FeeMintMissing),
    ] {
        let args = InitializeV2Args {
            value: 1,
            fee,
            fee_mint: Pubkey::default(),
            operators,
        };
        let initialize = client_v2::initialize_v2(&stranger.pubkey(), args);
        expect_rejection(&mut scene.svm, initialize, &[&stranger], code).await;
    }

    let mut read_only = client_v2::set_operators(&authority.pubkey(), many(1));
    read_only.accounts[0].is_writable = false;
    expect_rejection(
        &mut scene.svm,
        read_only,
        &[&authority],
        ConfigError::NotWritable,
    )
    .await;

    // Sixteen fit, and the account is exactly as long as they need.
    scene
        .svm
        .send(
            &[client_v2::set_operators(&authority.pubkey(), many(16))],
            &[&authority],
        )
        .await
        .expect_ok();
    assert_eq!(scene.read_v2().await.operators.len(), 16);
    assert_eq!(scene.data().await.len(), 96 + 16 * 32);
}
