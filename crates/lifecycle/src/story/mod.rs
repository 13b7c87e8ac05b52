//! The steps, in order, on real programs.

mod in_place;
mod proxy;

use {
    crate::{narrator::Narrator, step::Step},
    app::state::ConfigV2,
    svm_harness::{Backend, Keypair, Pubkey, Signer, Svm},
    testkit::{client_v1::config_address, key::key, release::release_1},
};

/// Lamports that each signer starts with.
const FUNDS: u64 = 10_000_000_000;
/// Mainnet's rent when the accounts were made, and after it fell; in lamports per byte.
pub const RENT_AT_RELEASE_1: u64 = 6_960;
pub const RENT_AT_RELEASE_2: u64 = 5_080;
/// The fee of `update_v2` in base units of a token.
const FEE: u64 = 250_000;

pub struct Story {
    narrator: Narrator,
    alice: Keypair,
    bob: Keypair,
    carol: Keypair,
    operator: Keypair,
    upgrade_authority: Keypair,
    alice_config: Pubkey,
    bob_config: Pubkey,
    carol_config: Pubkey,
}

impl Story {
    /// Release 1 is deployed, and nobody has called it.
    pub async fn begin() -> Self {
        let mut svm = Svm::start_with_rent(Backend::Loader, &release_1(), RENT_AT_RELEASE_1).await;
        let upgrade_authority = svm.upgrade_authority().insecure_clone();
        let [alice, bob, carol, operator] = ["alice", "bob", "carol", "operator"].map(key);
        for signer in [&alice, &bob, &carol, &operator, &upgrade_authority] {
            svm.fund(signer.pubkey(), FUNDS).await;
        }
        let mut narrator = Narrator::new(svm);
        for (signer, name, config) in [
            (&alice, "alice", "alice's config"),
            (&bob, "bob", "bob's config"),
            (&carol, "carol", "carol's config"),
        ] {
            narrator.name(signer.pubkey(), name);
            narrator.name(config_address(&signer.pubkey()), config);
        }
        narrator.name(upgrade_authority.pubkey(), "upgrade authority");
        narrator.event(
            "deploy release 1 through the upgradeable loader",
            format!("rent {RENT_AT_RELEASE_1} lamports per byte"),
        );
        Self {
            alice_config: config_address(&alice.pubkey()),
            bob_config: config_address(&bob.pubkey()),
            carol_config: config_address(&carol.pubkey()),
            narrator,
            alice,
            bob,
            carol,
            operator,
            upgrade_authority,
        }
    }

    pub fn into_steps(self) -> Vec<Step> {
        self.narrator.into_steps()
    }
}

/// A config that was migrated in place and changed by nothing but `update`.
fn v2(authority: Pubkey, value: u64, revision: u32) -> ConfigV2 {
    ConfigV2 {
        authority,
        value,
        revision,
        fee: 0,
        fee_mint: Pubkey::default(),
        operators: Vec::new(),
    }
}
