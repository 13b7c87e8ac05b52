use anchor_lang::prelude::*;

#[account(zero_copy)]
pub struct Grant {
    pub vault: Pubkey,
    pub amount: u64,
    pub delegated: u8,
    pub padding: [u8; 7],
    pub delegate: Pubkey,
}

impl Grant {
    /// Bytes of a grant's data: the discriminator, the fields, and bytes to spare.
    pub const ALLOCATED: usize = 8 + size_of::<Grant>() + 16;
}
