use anchor_lang::prelude::*;

/// The discriminator is that of its old name, `Grant`.
#[account(discriminator = [161, 166, 11, 205, 204, 135, 205, 54])]
#[derive(InitSpace)]
pub struct Permit {
    pub vault: Pubkey,
    pub amount: u64,
    pub delegate: Option<Pubkey>,
}

impl Permit {
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
