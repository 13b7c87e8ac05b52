//! The program's config in three layouts; the first two are those of `programs/app`.

use {
    crate::error::LabError,
    account_migration::{Borsh, MigrateFrom, migration_chain},
    anchor_lang::prelude::*,
};

/// 48 bytes with its discriminator.
#[account]
#[derive(Debug, PartialEq, Eq, InitSpace)]
pub struct ConfigV1 {
    pub authority: Pubkey,
    pub value: u64,
}

/// 96 bytes with its discriminator, and 32 per operator.
#[account]
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigV2 {
    pub authority: Pubkey,
    pub value: u64,
    pub revision: u32,
    pub fee: u64,
    pub fee_mint: Pubkey,
    pub operators: Vec<Pubkey>,
}

/// 97 bytes with its discriminator, and 32 per operator.
#[account]
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigV3 {
    pub authority: Pubkey,
    pub value: u64,
    pub revision: u32,
    pub fee: u64,
    pub fee_mint: Pubkey,
    pub operators: Vec<Pubkey>,
    pub paused: bool,
}

layout!(ConfigV1, Self::INIT_SPACE, Borsh);
layout!(
    ConfigV2,
    32 + 8 + 4 + 8 + 32 + 4,
    Borsh,
    fn space(&self) -> usize {
        Self::SPACE + 32 * self.operators.len()
    }
);
layout!(
    ConfigV3,
    ConfigV2::BODY + 1,
    Borsh,
    fn space(&self) -> usize {
        Self::SPACE + 32 * self.operators.len()
    }
);

impl MigrateFrom<ConfigV1> for ConfigV2 {
    type Error = LabError;
    const EXTENDS_IN_PLACE: bool = true;

    fn migrate_from(old: ConfigV1) -> Self {
        Self {
            authority: old.authority,
            value: old.value,
            revision: 0,
            fee: 0,
            fee_mint: Pubkey::default(),
            operators: Vec::new(),
        }
    }
}

impl MigrateFrom<ConfigV2> for ConfigV1 {
    type Error = LabError;

    fn migrate_from(old: ConfigV2) -> Self {
        Self {
            authority: old.authority,
            value: old.value,
        }
    }
}

impl MigrateFrom<ConfigV2> for ConfigV3 {
    type Error = LabError;

    fn migrate_from(old: ConfigV2) -> Self {
        Self {
            authority: old.authority,
            value: old.value,
            revision: old.revision,
            fee: old.fee,
            fee_mint: old.fee_mint,
            operators: old.operators,
            paused: false,
        }
    }
}

migration_chain!(LabError: ConfigV1 => ConfigV2 => ConfigV3);
