include!("layouts.rs");

use account_migration::{Funding, Migrated, Migration, Pending};

#[account]
#[derive(InitSpace)]
pub struct New {
    pub value: u64,
    pub fee: u64,
}

layout!(New);

impl MigrateFrom<Old> for New {
    type Error = CardError;

    fn migrate_from(old: Old) -> Self {
        Self { value: old.value, fee: 0 }
    }
}
