//! Anchor's own `Migration` does not take zero-copy accounts.

#![allow(unexpected_cfgs)]

use anchor_lang::prelude::*;

declare_id!("11111111111111111111111111111112");

#[account(zero_copy)]
pub struct Old {
    pub count: u64,
}

#[account(zero_copy)]
pub struct New {
    pub count: u64,
    pub limit: u64,
}

#[derive(Accounts)]
pub struct Migrate<'info> {
    #[account(mut)]
    pub counter: anchor_lang::accounts::migration::Migration<'info, Old, New>,
}

fn main() {}
