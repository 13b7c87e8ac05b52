//! error: composite constraints can only be raw or literals
//!
//! Anchor's own `Migration` cannot be boxed.

include!("shared/declared.rs");

#[derive(Accounts)]
pub struct Migrate<'info> {
    #[account(mut)]
    pub card: Box<anchor_lang::accounts::migration::Migration<'info, Old, New>>,
}

fn main() {}
