use {crate::Mode, anchor_lang::prelude::*};

#[account]
#[derive(InitSpace)]
pub struct Vault {
    pub authority: Pubkey,
    pub value: u64,
    pub mode: Mode,
}

impl Vault {
    pub const PER_DEPOSIT: u64 = 1_000;
    pub const PER_DAY: u64 = 5_000;

    /// Bytes of a vault's data: the discriminator, the fields, and bytes to spare.
    pub const ALLOCATED: usize = 8 + Self::INIT_SPACE + 32;

    pub fn new(authority: Pubkey, value: u64) -> Self {
        Self {
            authority,
            value,
            mode: Mode::Open,
        }
    }
}
