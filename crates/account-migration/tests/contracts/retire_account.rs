//! error: E0308
//!
//! Anchor would write the value of an `Account` back over what is left of a retired account.

include!("shared/layouts.rs");

fn handler<'info>(card: &Account<'info, Old>, recipient: &AccountInfo<'info>) -> Result<()> {
    account_migration::retire::<CardError>(card, recipient)
}

fn main() {
    let _ = handler;
}
