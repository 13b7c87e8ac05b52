//! `migrate_many` by the number of configs in its batch.

use {
    crate::instructions::authorities,
    app::state::ConfigV2,
    support::{
        client_v1::{self, config_address},
        client_v2,
        releases::newest_as_released,
    },
    svm_harness::{Backend, Instruction, Keypair, Pubkey, Signer, Svm},
};

/// Configs that fit one transaction of 1,232 bytes beside the instructions that set its compute-unit
/// limit and price.
pub const LARGEST: usize = 28;

pub struct Batch {
    pub on: &'static str,
    /// What a config of the largest batch may cost at most, everything included.
    pub budget: u64,
    /// Compute units of a batch of one config.
    pub one: u64,
    /// Compute units of a batch of [`LARGEST`] configs.
    pub largest: u64,
}

impl Batch {
    pub fn within_budget(&self) -> bool {
        self.largest <= self.budget * LARGEST as u64
    }

    /// What a config of the largest batch costs, everything included.
    pub fn per_config(&self) -> f64 {
        self.largest as f64 / LARGEST as f64
    }

    /// What each config after the first adds.
    pub fn each_further(&self) -> f64 {
        (self.largest - self.one) as f64 / (LARGEST - 1) as f64
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Unmigrated,
    /// Somebody sent the config the rent that it will lack.
    Funded,
    Migrated,
}

pub async fn measure() -> Vec<Batch> {
    let mut rows = Vec::new();
    for (on, state, budget) in [
        ("ConfigV1, no rent is missing", State::Funded, 300),
        ("ConfigV1, rent is missing", State::Unmigrated, 415),
        ("ConfigV2, skipped", State::Migrated, 300),
    ] {
        rows.push(Batch {
            on,
            budget,
            one: cost(state, 1).await,
            largest: cost(state, LARGEST).await,
        });
    }
    rows
}

/// Compute units of one `migrate_many` on this many configs.
async fn cost(state: State, configs: usize) -> u64 {
    let mut svm = Svm::start(Backend::Loader, &newest_as_released()).await;
    let upgrade_authority = svm.upgrade_authority().insecure_clone();
    svm.fund(upgrade_authority.pubkey(), 10_000_000_000).await;
    let owners: Vec<Keypair> = authorities().take(configs).collect();
    let configs: Vec<Pubkey> = owners
        .iter()
        .map(|owner| config_address(&owner.pubkey()))
        .collect();
    for (owner, config) in owners.iter().zip(&configs) {
        svm.fund(owner.pubkey(), 1_000_000_000).await;
        let initialize = client_v1::initialize(&owner.pubkey(), 1);
        svm.send(&[initialize], &[owner]).await.expect_ok();
        if state == State::Funded {
            let enough = svm.rent_exempt_minimum(ConfigV2::space_with(0));
            svm.fund(*config, enough).await;
        }
    }
    let batch = client_v2::migrate_many(&configs, &upgrade_authority.pubkey(), u64::MAX);
    if state == State::Migrated {
        send(&mut svm, &upgrade_authority, &batch).await;
    }
    send(&mut svm, &upgrade_authority, &batch).await
}

/// Compute units of a transaction with this instruction alone.
async fn send(svm: &mut Svm, signer: &Keypair, instruction: &Instruction) -> u64 {
    svm.send_paid_by(signer, std::slice::from_ref(instruction), &[])
        .await
        .expect_ok()
        .compute_units
}
