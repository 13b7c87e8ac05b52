//! error: no migration from `Old` to `New` is declared

include!("shared/layouts.rs");

#[account]
#[derive(InitSpace)]
pub struct New {
    pub value: u64,
    pub fee: u64,
}

layout!(New);

fn value(migration: &account_migration::Migration<Old, New>) -> u64 {
    migration.value
}

fn main() {
    let _ = value;
}
