//! What the story claims of a config's account.

use {
    account_migration::RETIRED,
    anchor_lang::{AccountSerialize, prelude::Pubkey},
    app::state::{ConfigV1, ConfigV2},
    std::fmt,
    successor::state::SuccessorConfig,
};

#[derive(Clone, Debug)]
pub enum ConfigState {
    Closed,
    V1(ConfigV1),
    V2(ConfigV2),
    Retired,
    Successor(SuccessorConfig),
}

impl ConfigState {
    pub fn v1(authority: Pubkey, value: u64) -> Self {
        Self::V1(ConfigV1 { authority, value })
    }

    /// The account's owner and all of its data; `None` when there is no account.
    pub fn account(&self) -> Option<(Pubkey, Vec<u8>)> {
        match self {
            Self::Closed => None,
            Self::V1(config) => Some((app::ID, encode(config))),
            Self::V2(config) => Some((app::ID, encode(config))),
            Self::Retired => Some((app::ID, RETIRED.to_vec())),
            Self::Successor(config) => Some((successor::ID, encode(config))),
        }
    }
}

fn encode(config: &impl AccountSerialize) -> Vec<u8> {
    let mut data = Vec::new();
    config.try_serialize(&mut data).expect("a Vec takes all");
    data
}

impl fmt::Display for ConfigState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => write!(f, "closed"),
            Self::V1(config) => write!(f, "ConfigV1, value {}", config.value),
            Self::V2(config) => write!(
                f,
                "ConfigV2, value {}, revision {}",
                config.value, config.revision
            ),
            Self::Retired => write!(f, "retired"),
            Self::Successor(config) => write!(
                f,
                "successor: value {}, revision {}",
                config.value, config.revision
            ),
        }
    }
}
