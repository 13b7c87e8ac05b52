use {
    crate::{error::RollbackError, state::ConfigV2},
    account_migration::{Borsh, Layout, MigrateFrom},
    anchor_lang::prelude::*,
};

/// The config as release 1 stores it: 48 bytes with its discriminator.
#[account]
#[derive(Debug, PartialEq, Eq, InitSpace)]
pub struct ConfigV1 {
    /// Who may update, migrate and close the config.
    pub authority: Pubkey,
    /// The value the config holds.
    pub value: u64,
}

impl Layout for ConfigV1 {
    const OWNER: [u8; 32] = crate::ID.to_bytes();
    const LAYOUT_DISCRIMINATOR: &'static [u8] = <Self as Discriminator>::DISCRIMINATOR;
    const BODY: usize = Self::INIT_SPACE;
    type Encoding = Borsh;
}

/// The rollback: release 1 has no place for the other fields.
impl MigrateFrom<ConfigV2> for ConfigV1 {
    type Error = RollbackError;

    fn migrate_from(old: ConfigV2) -> Self {
        Self {
            authority: old.authority,
            value: old.value,
        }
    }
}
