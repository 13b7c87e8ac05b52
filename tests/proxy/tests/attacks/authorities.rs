//! Someone else than the config's authority.

use {
    crate::scene::Source,
    anchor_lang::error::ErrorCode,
    integration::{
        rejection::{expect_failure, expect_rejection},
        scene::{FUNDS, Scene},
    },
    migrator::error::MigratorError,
    proxy::{adopted::adopted, client_migrator::migrate_account},
    support::{client_v1, client_v2, key::key},
    svm_harness::{Backend, Keypair, Signer, TransactionError, on_both_backends},
};

on_both_backends!(
    a_stranger_does_not_migrate_a_config,
    a_stranger_with_a_config_does_not_migrate_another,
    an_operator_does_not_migrate_a_config,
    the_upgrade_authority_does_not_migrate_a_config,
);

/// Every way to pass the scene's config with a signer that is not its authority.
async fn expect_powerless(scene: &mut Scene, signer: &Keypair) {
    let (victim, attacker) = (scene.authority.pubkey(), signer.pubkey());

    // With the attacker as authority; the successor's address is then right for the config.
    let mut as_authority = migrate_account(&victim, &attacker);
    as_authority.accounts[2].pubkey = attacker;
    // And with the successor's address that the attacker's own config has.
    let mut into_its_own = migrate_account(&attacker, &attacker);
    into_its_own.accounts[0].pubkey = scene.config;
    for instruction in [as_authority, into_its_own] {
        expect_rejection(
            &mut scene.svm,
            instruction,
            &[signer],
            MigratorError::WrongAuthority,
        )
        .await;
    }

    let mut unsigned = migrate_account(&victim, &attacker);
    unsigned.accounts[2].is_signer = false;
    expect_rejection(
        &mut scene.svm,
        unsigned.clone(),
        &[signer],
        ErrorCode::AccountNotSigner,
    )
    .await;
    unsigned.accounts[2].is_signer = true;
    expect_failure(
        &mut scene.svm,
        &[unsigned],
        &[signer],
        TransactionError::SignatureFailure,
    )
    .await;
}

async fn a_stranger_does_not_migrate_a_config(backend: Backend) {
    for source in Source::ALL {
        let mut scene = source.scene(backend).await;
        let stranger = key("stranger");
        scene.svm.fund(stranger.pubkey(), FUNDS).await;
        expect_powerless(&mut scene, &stranger).await;

        // Nor does the authority spend another's lamports.
        let authority = scene.authority.insecure_clone();
        let mut unsigned_payer = migrate_account(&authority.pubkey(), &stranger.pubkey());
        unsigned_payer.accounts[3].is_signer = false;
        expect_rejection(
            &mut scene.svm,
            unsigned_payer,
            &[&authority],
            ErrorCode::AccountNotSigner,
        )
        .await;
    }
}

async fn a_stranger_with_a_config_does_not_migrate_another(backend: Backend) {
    for source in Source::ALL {
        let mut scene = source.scene(backend).await;
        let stranger = key("stranger");
        scene.svm.fund(stranger.pubkey(), FUNDS).await;
        let own = client_v1::initialize(&stranger.pubkey(), 1);
        scene.svm.send(&[own], &[&stranger]).await.expect_ok();
        expect_powerless(&mut scene, &stranger).await;

        let own = migrate_account(&stranger.pubkey(), &stranger.pubkey());
        scene.svm.send(&[own], &[&stranger]).await.expect_ok();
        expect_powerless(&mut scene, &stranger).await;
        let own = client_v1::config_address(&stranger.pubkey());
        assert_eq!(adopted(&mut scene.svm, &own).await.value, 1);
    }
}

async fn an_operator_does_not_migrate_a_config(backend: Backend) {
    let mut scene = Source::V2.scene(backend).await;
    let operator = key("operator");
    scene.svm.fund(operator.pubkey(), FUNDS).await;
    let set = client_v2::set_operators(&scene.authority.pubkey(), vec![operator.pubkey()]);
    let outcome = scene.svm.send(&[set], &[&scene.authority]).await;
    outcome.expect_ok();
    expect_powerless(&mut scene, &operator).await;
}

async fn the_upgrade_authority_does_not_migrate_a_config(backend: Backend) {
    for source in Source::ALL {
        let mut scene = source.scene(backend).await;
        let upgrade_authority = scene.svm.upgrade_authority().insecure_clone();
        scene.svm.fund(upgrade_authority.pubkey(), FUNDS).await;
        expect_powerless(&mut scene, &upgrade_authority).await;
    }
}
