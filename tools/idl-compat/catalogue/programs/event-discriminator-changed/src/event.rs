use anchor_lang::prelude::*;

#[event(discriminator = [1])]
pub struct Deposited {
    pub vault: Pubkey,
    pub amount: u64,
    pub fee: u64,
}
