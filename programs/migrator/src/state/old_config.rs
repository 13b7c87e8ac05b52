use {
    crate::error::MigratorError,
    account_migration::any_version,
    anchor_lang::prelude::*,
    app::state::{ConfigV1, ConfigV2},
    successor::{instructions::AdoptArgs, state::Fee},
};

any_version! {
    /// A config of the old program in either layout.
    pub enum OldConfig: MigratorError {
        V1(ConfigV1),
        V2(ConfigV2),
    }
}

impl OldConfig {
    pub fn authority(&self) -> &Pubkey {
        match self {
            Self::V1(config) => &config.authority,
            Self::V2(config) => &config.authority,
        }
    }

    pub fn operators(&self) -> &[Pubkey] {
        match self {
            Self::V1(_) => &[],
            Self::V2(config) => &config.operators,
        }
    }
}

/// What the successor gets. What release 1 has no field for is what `app`'s own migration writes
/// there: nothing.
impl From<OldConfig> for AdoptArgs {
    fn from(old: OldConfig) -> Self {
        match old {
            OldConfig::V1(ConfigV1 {
                authority: _,
                value,
            }) => Self {
                version: 1,
                value,
                revision: 0,
                fee: Fee::default(),
                operators: Vec::new(),
            },
            OldConfig::V2(ConfigV2 {
                authority: _,
                value,
                revision,
                fee,
                fee_mint,
                operators,
            }) => Self {
                version: 2,
                value,
                revision: revision.into(),
                fee: Fee {
                    mint: fee_mint,
                    amount: fee,
                },
                operators,
            },
        }
    }
}
