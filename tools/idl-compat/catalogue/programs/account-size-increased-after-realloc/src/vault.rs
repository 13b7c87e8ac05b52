use {crate::Mode, anchor_lang::prelude::*};

#[account]
#[derive(InitSpace)]
pub struct Vault {
    pub authority: Pubkey,
    pub value: u64,
    pub limits: Limits,
    pub mode: Mode,
    pub history: [u64; 8],
}

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, InitSpace)]
pub struct Limits {
    pub per_deposit: u64,
    pub per_day: u64,
}

impl Vault {
    /// Bytes of a vault's data: the discriminator and the fields.
    pub const ALLOCATED: usize = 8 + Self::INIT_SPACE;

    pub fn new(authority: Pubkey, value: u64) -> Self {
        Self {
            authority,
            value,
            limits: Limits {
                per_deposit: 1_000,
                per_day: 5_000,
            },
            mode: Mode::Open,
            history: [0; 8],
        }
    }
}
