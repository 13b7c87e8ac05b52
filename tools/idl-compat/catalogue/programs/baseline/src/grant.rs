use anchor_lang::prelude::*;

#[account]
#[derive(InitSpace)]
pub struct Grant {
    pub vault: Pubkey,
    pub amount: u64,
    pub delegate: Option<Pubkey>,
}

impl Grant {
    /// Bytes of a grant's data: the discriminator, the fields, and bytes to spare.
    pub const ALLOCATED: usize = 8 + Self::INIT_SPACE + 16;

    pub fn new(vault: Pubkey) -> Self {
        Self {
            vault,
            amount: 20,
            delegate: None,
        }
    }
}
