//! A card whose second layout is shorter, in an account that keeps its length.

use {
    crate::error::LabError,
    account_migration::{Borsh, MigrateFrom},
    anchor_lang::prelude::*,
};

#[account]
#[derive(InitSpace)]
pub struct CardV1 {
    pub authority: Pubkey,
    /// What the second layout no longer stores.
    pub secret: [u8; 32],
}

#[account]
#[derive(InitSpace)]
pub struct CardV2 {
    pub authority: Pubkey,
}

layout!(CardV1, Self::INIT_SPACE, Borsh);
layout!(
    CardV2,
    Self::INIT_SPACE,
    Borsh,
    const SPACE: usize = CardV1::SPACE;
);

impl MigrateFrom<CardV1> for CardV2 {
    type Error = LabError;

    fn migrate_from(old: CardV1) -> Self {
        Self {
            authority: old.authority,
        }
    }
}
