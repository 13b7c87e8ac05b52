use {
    crate::{
        error::ConfigError,
        state::{ConfigV1, ConfigV2},
    },
    account_migration::any_version,
    anchor_lang::prelude::*,
};

any_version! {
    /// A config in either layout, written back in the one it was read in.
    pub enum AnyConfig: ConfigError {
        V1(ConfigV1),
        V2(ConfigV2),
    }
}

impl AnyConfig {
    pub fn authority(&self) -> &Pubkey {
        match self {
            Self::V1(config) => &config.authority,
            Self::V2(config) => &config.authority,
        }
    }

    pub fn set_value(&mut self, value: u64) {
        match self {
            Self::V1(config) => config.value = value,
            Self::V2(config) => config.set_value(value),
        }
    }

    /// # Errors
    /// [`ConfigError::NotMigrated`].
    pub fn v2(&self) -> Result<&ConfigV2> {
        match self {
            Self::V1(_) => Err(error!(ConfigError::NotMigrated).with_account_name("config")),
            Self::V2(config) => Ok(config),
        }
    }

    /// # Errors
    /// [`ConfigError::NotMigrated`].
    pub fn v2_mut(&mut self) -> Result<&mut ConfigV2> {
        match self {
            Self::V1(_) => Err(error!(ConfigError::NotMigrated).with_account_name("config")),
            Self::V2(config) => Ok(config),
        }
    }
}
