use {
    anchor_lang::{AccountSerialize, prelude::Pubkey},
    app::state::{ConfigV1, ConfigV2},
    support::bytes::exact_bytes,
};

/// What a call must leave of an account.
#[derive(Clone, Debug)]
pub struct Claim {
    pub address: Pubkey,
    /// The account's owner and all of its data; `None` when there must be no account.
    pub account: Option<(Pubkey, Vec<u8>)>,
    /// What came of it, in words.
    pub text: String,
}

impl Claim {
    pub fn closed(address: Pubkey) -> Self {
        Self {
            address,
            account: None,
            text: "closed".to_owned(),
        }
    }

    pub fn v1(address: Pubkey, config: &ConfigV1) -> Self {
        let text = format!("ConfigV1, value {}", config.value);
        Self::holds(address, app::ID, config, text)
    }

    pub fn v2(address: Pubkey, config: &ConfigV2) -> Self {
        let text = format!(
            "ConfigV2, value {}, revision {}",
            config.value, config.revision
        );
        Self::holds(address, app::ID, config, text)
    }

    /// The account holds this and nothing behind it.
    pub fn holds(
        address: Pubkey,
        owner: Pubkey,
        content: &impl AccountSerialize,
        text: String,
    ) -> Self {
        Self {
            address,
            account: Some((owner, exact_bytes(content))),
            text,
        }
    }
}
