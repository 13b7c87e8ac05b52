//! Old configs that the old program did not make, or that are not there.

use {
    crate::{
        common::{ACCOUNT_ALREADY_IN_USE, fill_v2, migrate},
        scene::Source,
    },
    anchor_lang::error::ErrorCode,
    integration::{
        rejection::expect_rejection,
        scene::{FUNDS, Scene, account},
    },
    migrator::error::MigratorError,
    proxy::client_migrator::migrate_account,
    successor::state::SuccessorConfig,
    support::{client_v1, key::key},
    svm_harness::{
        Backend, DEFAULT_LAMPORTS_PER_BYTE, Signer, on_both_backends, rent_exempt_minimum,
    },
};

on_both_backends!(
    bytes_that_are_no_config_are_rejected,
    a_config_at_an_address_of_its_own_is_rejected,
    no_other_bump_is_that_of_the_config,
    a_config_of_another_authority_at_the_address_is_rejected,
    a_config_that_is_not_there_is_rejected,
    a_config_retired_before_is_rejected,
    a_retired_config_that_came_back_is_not_adopted_again,
);

/// Puts this data at the config's address, past all rules.
async fn replace(scene: &mut Scene, data: Vec<u8>) {
    let lamports = rent_exempt_minimum(data.len(), DEFAULT_LAMPORTS_PER_BYTE);
    let planted = account(app::ID, data, lamports);
    scene.svm.set_account(scene.config, planted).await;
}

async fn expect_rejected(scene: &mut Scene, code: impl Into<u32>) {
    let authority = scene.authority.insecure_clone();
    let migrate = migrate_account(&authority.pubkey(), &authority.pubkey());
    expect_rejection(&mut scene.svm, migrate, &[&authority], code).await;
}

async fn bytes_that_are_no_config_are_rejected(backend: Backend) {
    let v1 = Source::V1.scene(backend).await.data().await;
    let mut scene = Source::V2.scene(backend).await;
    fill_v2(&mut scene).await;
    let v2 = scene.data().await;

    let unknown = |data: &[u8]| {
        let mut data = data.to_vec();
        data[7] ^= 1;
        data
    };
    // The number of operators stands behind the fee mint.
    let operators = |count: u32| {
        let mut data = v2.clone();
        data[92..96].copy_from_slice(&count.to_le_bytes());
        data
    };
    for (data, error) in [
        (unknown(&v1), MigratorError::UnknownVersion),
        (unknown(&v2), MigratorError::UnknownVersion),
        (vec![0xff; 9], MigratorError::UnknownVersion),
        (vec![0xff; 48], MigratorError::UnknownVersion),
        (vec![], MigratorError::Uninitialized),
        (vec![0; 8], MigratorError::Uninitialized),
        (vec![0; 48], MigratorError::Uninitialized),
        (v1[..1].to_vec(), MigratorError::Truncated),
        (v1[..7].to_vec(), MigratorError::Truncated),
        (v1[..8].to_vec(), MigratorError::Truncated),
        (v1[..47].to_vec(), MigratorError::Truncated),
        (v2[..48].to_vec(), MigratorError::Truncated),
        (v2[..95].to_vec(), MigratorError::Truncated),
        (v2[..96].to_vec(), MigratorError::Corrupt),
        (v2[..191].to_vec(), MigratorError::Corrupt),
        (operators(4), MigratorError::Corrupt),
        (operators(u32::MAX), MigratorError::Corrupt),
    ] {
        replace(&mut scene, data).await;
        expect_rejected(&mut scene, error).await;
    }
}

async fn a_config_at_an_address_of_its_own_is_rejected(backend: Backend) {
    for source in Source::ALL {
        let mut scene = source.scene(backend).await;
        let authority = scene.authority.insecure_clone();
        let copy = scene.svm.account(scene.config).await;
        let copy = copy.expect("the config exists");
        let planted = key("planted").pubkey();
        scene.svm.set_account(planted, copy).await;
        let new = SuccessorConfig::find_address(&planted).0;
        let mut migrate = migrate_account(&authority.pubkey(), &authority.pubkey());
        migrate.accounts[0].pubkey = planted;
        migrate.accounts[1].pubkey = new;
        expect_rejection(
            &mut scene.svm,
            migrate,
            &[&authority],
            MigratorError::WrongOldAddress,
        )
        .await;
    }
}

async fn no_other_bump_is_that_of_the_config(backend: Backend) {
    let mut scene = Source::V1.scene(backend).await;
    let authority = scene.authority.insecure_clone();
    let migrate = migrate_account(&authority.pubkey(), &authority.pubkey());
    // The bump follows the instruction's discriminator.
    for other in (0..=u8::MAX).filter(|bump| *bump != migrate.data[8]) {
        let mut migrate = migrate.clone();
        migrate.data[8] = other;
        expect_rejection(
            &mut scene.svm,
            migrate,
            &[&authority],
            MigratorError::WrongOldAddress,
        )
        .await;
    }
}

async fn a_config_of_another_authority_at_the_address_is_rejected(backend: Backend) {
    for source in Source::ALL {
        let mut scene = source.scene(backend).await;
        let mut data = scene.data().await;
        data[8..40].copy_from_slice(key("stranger").pubkey().as_ref());
        replace(&mut scene, data).await;
        expect_rejected(&mut scene, MigratorError::WrongAuthority).await;
    }
}

async fn a_config_that_is_not_there_is_rejected(backend: Backend) {
    for source in Source::ALL {
        let mut scene = source.scene(backend).await;
        let close = client_v1::close(&scene.authority.pubkey());
        let outcome = scene.svm.send(&[close], &[&scene.authority]).await;
        outcome.expect_ok();
        expect_rejected(&mut scene, ErrorCode::AccountNotInitialized).await;

        // Lamports bring the address back, but not the config.
        scene.svm.fund(scene.config, FUNDS).await;
        expect_rejected(&mut scene, ErrorCode::AccountOwnedByWrongProgram).await;
    }
}

async fn a_config_retired_before_is_rejected(backend: Backend) {
    let mut scene = Source::V1.scene(backend).await;
    replace(&mut scene, vec![0xff; 8]).await;
    expect_rejected(&mut scene, MigratorError::AlreadyMigrated).await;
}

/// No instruction brings it back; if one did, its successor would still stand in the way.
async fn a_retired_config_that_came_back_is_not_adopted_again(backend: Backend) {
    for source in Source::ALL {
        let mut scene = source.scene(backend).await;
        let data = scene.data().await;
        migrate(&mut scene).await;
        replace(&mut scene, data).await;
        expect_rejected(&mut scene, ACCOUNT_ALREADY_IN_USE).await;
    }
}
