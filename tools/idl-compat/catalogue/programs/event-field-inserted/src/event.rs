use anchor_lang::prelude::*;

#[event]
pub struct Deposited {
    pub vault: Pubkey,
    pub value: u64,
    pub amount: u64,
    pub fee: u64,
}
