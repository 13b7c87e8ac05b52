//! error: AccountSerialize` is not satisfied
//!
//! Anchor's own `Migration` does not take zero-copy accounts.

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

fn handler(_: anchor_lang::accounts::migration::Migration<Old, New>) {}

fn main() {
    let _ = handler;
}
