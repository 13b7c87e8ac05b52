//! error: close must be on an Account, LazyAccount or AccountLoader
//!
//! Anchor's own `Migration` cannot be closed.

include!("shared/declared.rs");

#[derive(Accounts)]
pub struct Close<'info> {
    #[account(mut, close = receiver)]
    pub card: anchor_lang::accounts::migration::Migration<'info, Old, New>,
    #[account(mut)]
    pub receiver: Signer<'info>,
}

fn main() {}
