use anchor_lang::prelude::*;

#[event]
pub struct Deposited {
    pub vault: Pubkey,
    pub amount: u64,
    pub fee: u64,
}

#[event]
pub struct Adjusted {
    pub vault: Pubkey,
    pub value: u64,
}
