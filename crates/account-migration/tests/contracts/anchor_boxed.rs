//! Anchor's own `Migration` cannot be boxed.

#![allow(unexpected_cfgs)]

include!("shared/declared.rs");

#[derive(Accounts)]
pub struct Migrate<'info> {
    #[account(mut)]
    pub card: Box<anchor_lang::accounts::migration::Migration<'info, Old, New>>,
}

fn main() {}
