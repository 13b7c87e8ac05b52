//! Who acts in the story.

use {
    crate::{call::Request, claim::Claim},
    app::state::{ConfigV1, ConfigV2},
    support::{client_v1::config_address, key::key},
    svm_harness::{Instruction, Keypair, Pubkey, Signer},
};

pub struct Cast {
    pub alice: Actor,
    pub bob: Actor,
    pub carol: Actor,
    pub operator: Actor,
    pub upgrade_authority: Actor,
}

impl Cast {
    pub fn new(upgrade_authority: &Keypair) -> Self {
        let [alice, bob, carol, operator] =
            ["alice", "bob", "carol", "operator"].map(|name| Actor::new(name, key(name)));
        Self {
            alice,
            bob,
            carol,
            operator,
            upgrade_authority: Actor::new("upgrade authority", upgrade_authority.insecure_clone()),
        }
    }

    pub fn everybody(&self) -> [&Actor; 5] {
        [
            &self.alice,
            &self.bob,
            &self.carol,
            &self.operator,
            &self.upgrade_authority,
        ]
    }
}

/// Somebody who signs, and the config of which they are the authority.
pub struct Actor {
    pub name: &'static str,
    pub key: Keypair,
    pub address: Pubkey,
    pub config: Pubkey,
}

impl Actor {
    fn new(name: &'static str, key: Keypair) -> Self {
        let address = key.pubkey();
        Self {
            name,
            config: config_address(&address),
            key,
            address,
        }
    }

    /// An instruction that the actor alone signs.
    pub fn sends(&self, title: impl Into<String>, instruction: Instruction) -> Request<'_> {
        Request::new(title, &self.key, instruction)
    }

    /// The actor's config is a `ConfigV1`.
    pub fn v1(&self, value: u64) -> Claim {
        let config = ConfigV1 {
            authority: self.address,
            value,
        };
        Claim::v1(self.config, &config)
    }

    /// The actor's config is this `ConfigV2`.
    pub fn v2(&self, config: &ConfigV2) -> Claim {
        Claim::v2(self.config, config)
    }

    /// A config of the actor that was migrated in place and changed by nothing but `update`.
    pub fn migrated(&self, value: u64, revision: u32) -> ConfigV2 {
        ConfigV2 {
            authority: self.address,
            value,
            revision,
            fee: 0,
            fee_mint: Pubkey::default(),
            operators: Vec::new(),
        }
    }
}
