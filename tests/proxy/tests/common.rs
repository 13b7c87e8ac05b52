//! What the tests of the proxy path share.

use {
    crate::scene::Source,
    app::instructions::InitializeV2Args,
    integration::scene::Scene,
    proxy::{client_migrator, releases::deploy},
    support::{client_v1, client_v2, key::key, releases::newest},
    svm_harness::{Backend, Instruction, Pubkey, Signer},
};

/// The system program's error for an address that something is at.
pub const ACCOUNT_ALREADY_IN_USE: u32 = 0;

/// The operators of [`fill_v2`].
pub fn operators() -> Vec<Pubkey> {
    ["operator 1", "operator 2", "operator 3"]
        .map(|name| key(name).pubkey())
        .to_vec()
}

/// The fee mint of [`fill_v2`].
pub fn fee_mint() -> Pubkey {
    key("fee mint").pubkey()
}

/// Gives every field of a config in the layout of release 2 something to hold: three operators, a fee
/// of 5, the value 9 and the revision 3.
pub async fn fill_v2(scene: &mut Scene) {
    let authority = scene.authority.pubkey();
    let instructions = [
        client_v2::set_operators(&authority, operators()),
        client_v2::set_fee(&authority, 5, fee_mint()),
        client_v1::update(&authority, 8),
        client_v1::update(&authority, 9),
    ];
    let outcome = scene.svm.send(&instructions, &[&scene.authority]).await;
    outcome.expect_ok();
}

/// Gives a config in the layout of release 2 this many operators.
pub async fn fill_operators(scene: &mut Scene, count: usize) {
    let operators = (0..count).map(|i| key(&format!("operator {i}")).pubkey());
    let set = client_v2::set_operators(&scene.authority.pubkey(), operators.collect());
    let outcome = scene.svm.send(&[set], &[&scene.authority]).await;
    outcome.expect_ok();
}

/// A config made at this rent, as release 1 made it or with every field of release 2 filled.
pub async fn scene_at(source: Source, backend: Backend, lamports_per_byte: u64) -> Scene {
    let mut scene = Scene::on_release_1(backend, lamports_per_byte, 7).await;
    scene.svm.upgrade(&newest()).await;
    deploy(&mut scene.svm).await;
    if source == Source::V2 {
        scene.migrate().await;
        fill_v2(&mut scene).await;
    }
    scene
}

/// Migrates the scene's config; its authority pays and receives.
pub async fn migrate(scene: &mut Scene) {
    let authority = scene.authority.pubkey();
    scene
        .svm
        .send(
            &[client_migrator::migrate_account(&authority, &authority)],
            &[&scene.authority],
        )
        .await
        .expect_ok();
}

/// An `initialize_v2` without a fee or operators.
pub fn initialize_v2(authority: &Pubkey, value: u64) -> Instruction {
    let args = InitializeV2Args {
        value,
        fee: 0,
        fee_mint: Pubkey::default(),
        operators: Vec::new(),
    };
    client_v2::initialize_v2(authority, args)
}
