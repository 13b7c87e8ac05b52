use anchor_lang::prelude::*;

/// What a vault took in, and what the program last read of the vault and its grant.
#[account(zero_copy)]
pub struct Ledger {
    pub deposits: u64,
    pub fees: u64,
    pub seen_value: u64,
    pub seen_per_day: u64,
    pub seen_granted: u64,
    pub seen_mode: u8,
    pub seen_delegated: u8,
    pub padding: [u8; 6],
    pub refunds: u64,
}

impl Ledger {
    /// Bytes of a ledger's data: the discriminator and the fields.
    pub const ALLOCATED: usize = 8 + size_of::<Ledger>();
}
