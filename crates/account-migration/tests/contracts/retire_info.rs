//! error: E0308
//!
//! The `AccountInfo` of an `Account` is no way round it.

include!("shared/layouts.rs");

fn handler<'info>(card: &Account<'info, Old>, recipient: &AccountInfo<'info>) -> Result<()> {
    account_migration::retire::<CardError>(&card.to_account_info(), recipient)
}

fn main() {
    let _ = handler;
}
