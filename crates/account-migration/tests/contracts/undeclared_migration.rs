#![allow(unexpected_cfgs)]

include!("shared/layouts.rs");

#[account]
#[derive(InitSpace)]
pub struct New {
    pub value: u64,
    pub fee: u64,
}

layout!(New);

fn main() {
    let _ = account_migration::Pending::<Old, New>::old;
}
