//! Configs that were closed, revived or squatted.

use {
    crate::forgery::v1_lamports,
    anchor_lang::error::ErrorCode,
    integration::{
        rejection::expect_rejection,
        scene::{FUNDS, Scene},
    },
    support::{client_v1, client_v2, key::key, releases::newest},
    svm_harness::{
        Account, Backend, DEFAULT_LAMPORTS_PER_BYTE, InstructionError, Signer, TransactionError,
        on_both_backends,
    },
};

on_both_backends!(
    migrate_rejects_a_closed_config,
    a_config_revived_in_one_transaction_is_a_new_one,
    a_squatted_address_does_not_stop_initialize,
);

async fn migrate_rejects_a_closed_config(backend: Backend) {
    let mut scene = Scene::with_v1_account(backend, 1).await;
    let authority = scene.authority.insecure_clone();
    let migrate = client_v2::migrate(&scene.config, &authority.pubkey(), &authority.pubkey());
    let close = client_v1::close(&authority.pubkey());

    let outcome = scene
        .svm
        .send(&[close.clone(), migrate.clone()], &[&authority])
        .await;
    assert_eq!(
        outcome.result,
        Err(TransactionError::InstructionError(
            1,
            InstructionError::Custom(ErrorCode::AccountNotInitialized.into())
        ))
    );
    assert_eq!(scene.read_v1().await.value, 1);

    scene.svm.send(&[close], &[&authority]).await.expect_ok();
    expect_rejection(
        &mut scene.svm,
        migrate.clone(),
        &[&authority],
        ErrorCode::AccountNotInitialized,
    )
    .await;

    // Lamports bring the address back, but not the config.
    scene.svm.fund(scene.config, v1_lamports()).await;
    expect_rejection(
        &mut scene.svm,
        migrate,
        &[&authority],
        ErrorCode::AccountOwnedByWrongProgram,
    )
    .await;
}

async fn a_config_revived_in_one_transaction_is_a_new_one(backend: Backend) {
    let mut scene = Scene::with_v2_account(backend, 1).await;
    let authority = scene.authority.insecure_clone();
    scene
        .svm
        .send(
            &[
                client_v1::close(&authority.pubkey()),
                client_v1::initialize(&authority.pubkey(), 9),
                client_v2::migrate(&scene.config, &authority.pubkey(), &authority.pubkey()),
            ],
            &[&authority],
        )
        .await
        .expect_ok();
    let config = scene.read_v2().await;
    assert_eq!((config.value, config.revision), (9, 0));
}

async fn a_squatted_address_does_not_stop_initialize(backend: Backend) {
    let mut scene = Scene::on_release_1(backend, DEFAULT_LAMPORTS_PER_BYTE, 1).await;
    scene.svm.upgrade(&newest()).await;
    let late = key("late authority");
    scene.svm.fund(late.pubkey(), FUNDS).await;
    let config = client_v1::config_address(&late.pubkey());
    let squatted = Account {
        lamports: 1,
        ..Account::default()
    };
    scene.svm.set_account(config, squatted).await;
    scene
        .svm
        .send(&[client_v1::initialize(&late.pubkey(), 4)], &[&late])
        .await
        .expect_ok();
    assert_eq!(scene.lamports(config).await, v1_lamports());
    assert_eq!(
        scene.lamports(late.pubkey()).await,
        FUNDS - v1_lamports() + 1
    );
}
