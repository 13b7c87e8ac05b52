//! A ledger whose second layout needs more bytes than one instruction may add.

use {
    crate::error::LabError,
    account_migration::{Borsh, GrowthPath, MigrateFrom},
    anchor_lang::prelude::*,
};

/// 48 bytes with its discriminator.
#[account]
#[derive(Debug, PartialEq, Eq, InitSpace)]
pub struct LedgerV1 {
    pub authority: Pubkey,
    pub total: u64,
}

/// 30,048 bytes, of which 52 are in use with the discriminator.
#[account]
#[derive(Debug, PartialEq, Eq, InitSpace)]
pub struct LedgerV2 {
    pub authority: Pubkey,
    pub total: u64,
    pub epoch: u32,
}

layout!(LedgerV1, Self::INIT_SPACE, Borsh);
layout!(
    LedgerV2,
    Self::INIT_SPACE,
    Borsh,
    const SPACE: usize = LedgerV1::SPACE + 30_000;
);

impl MigrateFrom<LedgerV1> for LedgerV2 {
    type Error = LabError;
    const GROWTH_PATH: GrowthPath = GrowthPath::StepWise;

    fn migrate_from(old: LedgerV1) -> Self {
        Self {
            authority: old.authority,
            total: old.total,
            epoch: 1,
        }
    }
}
