//! Configs that are made for their top-up: created, migrated at somebody else's expense, and closed. A
//! batch pays for what its signer lists, once for each life of a config and within its limit.

use {
    app::error::ConfigError,
    integration::{
        rejection::expect_rejection,
        scene::{FUNDS, Scene},
    },
    support::{client_v1, client_v2, key::key},
    svm_harness::{Backend, DEFAULT_LAMPORTS_PER_BYTE, Keypair, Pubkey, Signer, on_both_backends},
};

on_both_backends!(
    a_farmed_top_up_is_the_rent_of_48_bytes_and_no_more,
    a_config_that_is_created_again_is_paid_for_again,
    a_batch_pays_nothing_for_a_config_that_it_does_not_list,
    a_farm_that_is_larger_than_the_limit_gets_nothing,
);

/// What a config lacks when it grows from 48 to 96 bytes.
const TOP_UP: u64 = 48 * DEFAULT_LAMPORTS_PER_BYTE;

struct Farm {
    scene: Scene,
    upgrade_authority: Keypair,
    farmers: Vec<Keypair>,
}

impl Farm {
    /// Farmers with a config each, and the payer of a fleet.
    async fn start(backend: Backend, farmers: usize) -> Self {
        let mut scene = Scene::without_account(backend).await;
        let upgrade_authority = scene.svm.upgrade_authority().insecure_clone();
        scene.svm.fund(upgrade_authority.pubkey(), FUNDS).await;
        let farmers: Vec<Keypair> = (0..farmers).map(|i| key(&format!("farmer {i}"))).collect();
        for farmer in &farmers {
            scene.svm.fund(farmer.pubkey(), FUNDS).await;
            let initialize = client_v1::initialize(&farmer.pubkey(), 1);
            scene.svm.send(&[initialize], &[farmer]).await.expect_ok();
        }
        Self {
            scene,
            upgrade_authority,
            farmers,
        }
    }

    fn configs(&self) -> Vec<Pubkey> {
        let farmers = self.farmers.iter();
        farmers
            .map(|farmer| client_v1::config_address(&farmer.pubkey()))
            .collect()
    }

    async fn migrate(&mut self, configs: &[Pubkey], max_top_up: u64) {
        let signer = self.upgrade_authority.pubkey();
        let batch = client_v2::migrate_many(configs, &signer, max_top_up);
        let outcome = self
            .scene
            .svm
            .send(&[batch], &[&self.upgrade_authority])
            .await;
        outcome.expect_ok();
    }

    async fn close_all(&mut self) {
        for farmer in &self.farmers {
            let close = client_v1::close(&farmer.pubkey());
            self.scene.svm.send(&[close], &[farmer]).await.expect_ok();
        }
    }
}

async fn a_farmed_top_up_is_the_rent_of_48_bytes_and_no_more(backend: Backend) {
    let mut farm = Farm::start(backend, 3).await;
    let configs = farm.configs();
    farm.migrate(&configs, 3 * TOP_UP).await;
    // The same batch again, with the configs listed twice: each is paid for once.
    farm.migrate(&[configs.clone(), configs].concat(), 0).await;
    farm.close_all().await;
    let payer = farm.upgrade_authority.pubkey();
    assert_eq!(farm.scene.lamports(payer).await, FUNDS - 3 * TOP_UP);
    for farmer in farm.farmers {
        let lamports = farm.scene.lamports(farmer.pubkey()).await;
        assert_eq!(lamports, FUNDS + TOP_UP);
    }
}

/// What bounds a batch does not bound how often its signer sends one.
async fn a_config_that_is_created_again_is_paid_for_again(backend: Backend) {
    let mut farm = Farm::start(backend, 1).await;
    let configs = farm.configs();
    farm.migrate(&configs, TOP_UP).await;
    farm.close_all().await;
    let farmer = farm.farmers[0].insecure_clone();
    let initialize = client_v1::initialize(&farmer.pubkey(), 1);
    let outcome = farm.scene.svm.send(&[initialize], &[&farmer]).await;
    outcome.expect_ok();
    farm.migrate(&configs, TOP_UP).await;
    farm.close_all().await;
    let payer = farm.upgrade_authority.pubkey();
    assert_eq!(farm.scene.lamports(payer).await, FUNDS - 2 * TOP_UP);
    let farmed = farm.scene.lamports(farmer.pubkey()).await;
    assert_eq!(farmed, FUNDS + 2 * TOP_UP);
}

/// A list that was made before the configs were is the bound: `plan` of `fleet` makes one.
async fn a_batch_pays_nothing_for_a_config_that_it_does_not_list(backend: Backend) {
    let mut farm = Farm::start(backend, 3).await;
    let listed = farm.configs()[..1].to_vec();
    farm.migrate(&listed, u64::MAX).await;
    farm.close_all().await;
    let payer = farm.upgrade_authority.pubkey();
    assert_eq!(farm.scene.lamports(payer).await, FUNDS - TOP_UP);
    for farmer in &farm.farmers[1..] {
        assert_eq!(farm.scene.lamports(farmer.pubkey()).await, FUNDS);
    }
}

async fn a_farm_that_is_larger_than_the_limit_gets_nothing(backend: Backend) {
    let mut farm = Farm::start(backend, 3).await;
    let signer = farm.upgrade_authority.insecure_clone();
    let limit = 3 * TOP_UP - 1;
    let batch = client_v2::migrate_many(&farm.configs(), &signer.pubkey(), limit);
    let code = ConfigError::TopUpAboveLimit;
    expect_rejection(&mut farm.scene.svm, batch, &[&signer], code).await;
}
