//! A program that nobody can upgrade any more has no upgrade authority, although the account of its data
//! still holds the last one's address.

use {
    app::{constants::PROGRAM_DATA_ADDRESS, error::ConfigError},
    integration::{
        rejection::expect_rejection,
        scene::{FUNDS, Scene},
    },
    support::client_v2,
    svm_harness::{Backend, Keypair, Signer, on_both_backends, upgradeable_loader},
};

on_both_backends!(
    the_last_upgrade_authority_does_not_migrate,
    the_last_upgrade_authority_does_not_migrate_many,
    the_last_upgrade_authority_does_not_roll_back,
    an_authority_migrates_still,
);

/// Makes the program immutable by the loader's own instruction, and returns who was its upgrade authority.
async fn make_immutable(scene: &mut Scene) -> Keypair {
    let last = scene.svm.upgrade_authority().insecure_clone();
    scene.svm.fund(last.pubkey(), FUNDS).await;
    let immutable = upgradeable_loader::make_immutable(&app::ID, &last.pubkey());
    scene.svm.send(&[immutable], &[&last]).await.expect_ok();

    let program_data = scene.svm.account(PROGRAM_DATA_ADDRESS).await;
    let data = program_data.expect("the program is there").data;
    assert_eq!(data[12], 0, "there is no upgrade authority");
    assert_eq!(data[13..45], *last.pubkey().as_ref(), "its bytes stayed");
    last
}

async fn the_last_upgrade_authority_does_not_migrate(backend: Backend) {
    let mut scene = Scene::with_v1_account(backend, 7).await;
    let last = make_immutable(&mut scene).await;
    let address = last.pubkey();
    let migrate = client_v2::migrate_as_upgrade_authority(&scene.config, &address, &address);
    let error = ConfigError::WrongUpgradeAuthority;
    expect_rejection(&mut scene.svm, migrate, &[&last], error).await;
}

async fn the_last_upgrade_authority_does_not_migrate_many(backend: Backend) {
    for mut scene in [
        Scene::with_v1_account(backend, 7).await,
        Scene::with_v2_account(backend, 7).await,
    ] {
        let last = make_immutable(&mut scene).await;
        let migrate = client_v2::migrate_many(&[scene.config], &last.pubkey(), u64::MAX);
        let error = ConfigError::WrongUpgradeAuthority;
        expect_rejection(&mut scene.svm, migrate, &[&last], error).await;
    }
}

async fn the_last_upgrade_authority_does_not_roll_back(backend: Backend) {
    let mut scene = Scene::with_v2_account(backend, 7).await;
    let last = make_immutable(&mut scene).await;
    for discard in [false, true] {
        let rollback = client_v2::rollback(&scene.config, &last.pubkey(), discard);
        let error = ConfigError::WrongUpgradeAuthority;
        expect_rejection(&mut scene.svm, rollback, &[&last], error).await;
    }
}

async fn an_authority_migrates_still(backend: Backend) {
    let mut scene = Scene::with_v1_account(backend, 7).await;
    make_immutable(&mut scene).await;
    scene.migrate().await;
    assert_eq!(scene.read_v2().await.value, 7);
}
