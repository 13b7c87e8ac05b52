//! One half of the migration fails: the other did not happen.

use {
    crate::{common::fill_operators, scene::Source},
    anchor_lang::{error::ErrorCode, solana_program::system_program},
    app::error::ConfigError,
    integration::{
        rejection::expect_rejection,
        scene::{FUNDS, Scene, account},
    },
    migrator::error::MigratorError,
    proxy::{
        adopted::adopted,
        client_migrator::{migrate_account, migrate_account_paying, migrate_account_to},
        releases::deploy,
    },
    support::key::key,
    svm_harness::{
        Account, Backend, DEFAULT_LAMPORTS_PER_BYTE, Signer, on_both_backends, rent_exempt_minimum,
    },
};

on_both_backends!(
    release_1_cannot_retire_a_config,
    a_config_does_not_receive_its_own_lamports,
    a_payer_without_the_new_rent_is_rejected,
    a_payer_needs_only_what_the_old_rent_leaves_to_pay,
    a_payer_that_cannot_transfer_is_rejected,
    a_sponsor_does_not_pay_for_operators_that_it_did_not_agree_to,
);

async fn release_1_cannot_retire_a_config(backend: Backend) {
    let mut scene = Scene::on_release_1(backend, DEFAULT_LAMPORTS_PER_BYTE, 7).await;
    deploy(&mut scene.svm).await;
    let authority = scene.authority.insecure_clone();
    expect_rejection(
        &mut scene.svm,
        migrate_account(&authority.pubkey(), &authority.pubkey()),
        &[&authority],
        ErrorCode::InstructionFallbackNotFound,
    )
    .await;
}

async fn a_config_does_not_receive_its_own_lamports(backend: Backend) {
    for source in Source::ALL {
        let mut scene = source.scene(backend).await;
        let authority = scene.authority.insecure_clone();
        let address = authority.pubkey();
        let config = scene.config;
        expect_rejection(
            &mut scene.svm,
            migrate_account_to(&address, &address, &config, None),
            &[&authority],
            ConfigError::RecipientIsConfig,
        )
        .await;
    }
}

/// A config, and a payer with exactly these lamports.
async fn scene_with_payer(source: Source, backend: Backend, lamports: u64) -> Scene {
    let mut scene = source.scene(backend).await;
    let account = Account {
        lamports,
        ..Account::default()
    };
    let payer = key("payer").pubkey();
    scene.svm.set_account(payer, account).await;
    scene
}

async fn a_payer_without_the_new_rent_is_rejected(backend: Backend) {
    let rent = rent_exempt_minimum(141, DEFAULT_LAMPORTS_PER_BYTE);
    let (payer, recipient) = (key("payer"), key("recipient").pubkey());
    for source in Source::ALL {
        let mut scene = scene_with_payer(source, backend, rent - 1).await;
        scene.svm.fund(recipient, FUNDS).await;
        let authority = scene.authority.insecure_clone();
        let migrate = migrate_account_to(&authority.pubkey(), &payer.pubkey(), &recipient, None);
        let signers = [&authority, &payer];
        expect_rejection(
            &mut scene.svm,
            migrate.clone(),
            &signers,
            MigratorError::InsufficientFunds,
        )
        .await;

        let mut scene = scene_with_payer(source, backend, rent).await;
        scene.svm.fund(recipient, FUNDS).await;
        scene.svm.send(&[migrate], &signers).await.expect_ok();
        assert_eq!(scene.lamports(payer.pubkey()).await, 0);
        adopted(&mut scene.svm, &scene.config).await;
    }
}

/// The old config is retired first, so what it releases pays for the new one.
async fn a_payer_needs_only_what_the_old_rent_leaves_to_pay(backend: Backend) {
    let payer = key("payer");
    for (source, old_len) in [(Source::V1, 48), (Source::V2, 96)] {
        let minimum = |len| rent_exempt_minimum(len, DEFAULT_LAMPORTS_PER_BYTE);
        let missing = minimum(141) - (minimum(old_len) - minimum(8));
        let mut scene = scene_with_payer(source, backend, missing - 1).await;
        let authority = scene.authority.insecure_clone();
        let migrate = migrate_account(&authority.pubkey(), &payer.pubkey());
        let signers = [&authority, &payer];
        expect_rejection(
            &mut scene.svm,
            migrate.clone(),
            &signers,
            MigratorError::InsufficientFunds,
        )
        .await;

        let mut scene = scene_with_payer(source, backend, missing).await;
        scene.svm.send(&[migrate], &signers).await.expect_ok();
        assert_eq!(scene.lamports(payer.pubkey()).await, 0);
        adopted(&mut scene.svm, &scene.config).await;
    }
}

/// The System program transfers from accounts of its own without data only.
async fn a_payer_that_cannot_transfer_is_rejected(backend: Backend) {
    let payer = key("payer");
    for source in Source::ALL {
        for (owner, data) in [
            (system_program::ID, vec![0]),
            (key("a program").pubkey(), vec![]),
            (app::ID, vec![0; 48]),
        ] {
            let mut scene = source.scene(backend).await;
            let planted = account(owner, data, FUNDS);
            scene.svm.set_account(payer.pubkey(), planted).await;
            let authority = scene.authority.insecure_clone();
            let migrate = migrate_account(&authority.pubkey(), &payer.pubkey());
            let signers = [&authority, &payer];
            let code = MigratorError::PayerCannotPay;
            expect_rejection(&mut scene.svm, migrate, &signers, code).await;
        }
    }
}

/// The authority migrates the config in place first and sets as many operators as there can be: the new
/// account is 653 bytes long instead of 141.
async fn a_sponsor_does_not_pay_for_operators_that_it_did_not_agree_to(backend: Backend) {
    let (sponsor, recipient) = (key("sponsor"), key("recipient").pubkey());
    let rent = |len| rent_exempt_minimum(len, DEFAULT_LAMPORTS_PER_BYTE);
    let migrate = |scene: &Scene, max_payment| {
        let authority = scene.authority.pubkey();
        migrate_account_paying(&authority, &sponsor.pubkey(), &recipient, None, max_payment)
    };
    for (agreed, operators, accepted) in [
        (rent(141), 0, true),
        (rent(141) - 1, 0, false),
        (rent(141), 16, false),
        (rent(653) - 1, 16, false),
        (rent(653), 16, true),
    ] {
        let mut scene = Source::V2.scene(backend).await;
        scene.svm.fund(sponsor.pubkey(), FUNDS).await;
        scene.svm.fund(recipient, FUNDS).await;
        fill_operators(&mut scene, operators).await;
        let (authority, migrate) = (scene.authority.insecure_clone(), migrate(&scene, agreed));
        let signers = [&authority, &sponsor];
        if accepted {
            scene.svm.send(&[migrate], &signers).await.expect_ok();
            assert_eq!(scene.lamports(sponsor.pubkey()).await, FUNDS - agreed);
        } else {
            let code = MigratorError::PaymentAboveLimit;
            expect_rejection(&mut scene.svm, migrate, &signers, code).await;
        }
    }
}
