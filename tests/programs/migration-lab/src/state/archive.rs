//! An archive that grows by no more than an instruction can from each layout to the next, and by more
//! from the first to the third.

use {
    crate::error::LabError,
    account_migration::{Borsh, MigrateFrom, migration_chain},
    anchor_lang::prelude::*,
};

/// 48 bytes with its discriminator.
#[account]
#[derive(Debug, PartialEq, Eq, InitSpace)]
pub struct ArchiveV1 {
    pub authority: Pubkey,
    pub total: u64,
}

/// 6,048 bytes, of which 52 are in use with the discriminator.
#[account]
#[derive(Debug, PartialEq, Eq, InitSpace)]
pub struct ArchiveV2 {
    pub authority: Pubkey,
    pub total: u64,
    pub epoch: u32,
}

/// 12,048 bytes, of which 53 are in use with the discriminator.
#[account]
#[derive(Debug, PartialEq, Eq, InitSpace)]
pub struct ArchiveV3 {
    pub authority: Pubkey,
    pub total: u64,
    pub epoch: u32,
    pub sealed: bool,
}

layout!(ArchiveV1, Self::INIT_SPACE, Borsh);
layout!(
    ArchiveV2,
    Self::INIT_SPACE,
    Borsh,
    const SPACE: usize = ArchiveV1::SPACE + 6_000;
);
layout!(
    ArchiveV3,
    Self::INIT_SPACE,
    Borsh,
    const SPACE: usize = ArchiveV2::SPACE + 6_000;
);

impl MigrateFrom<ArchiveV1> for ArchiveV2 {
    type Error = LabError;

    fn migrate_from(old: ArchiveV1) -> Self {
        Self {
            authority: old.authority,
            total: old.total,
            epoch: 1,
        }
    }
}

impl MigrateFrom<ArchiveV2> for ArchiveV3 {
    type Error = LabError;

    fn migrate_from(old: ArchiveV2) -> Self {
        Self {
            authority: old.authority,
            total: old.total,
            epoch: old.epoch,
            sealed: true,
        }
    }
}

migration_chain!(LabError: ArchiveV1 => ArchiveV2 => ArchiveV3);
