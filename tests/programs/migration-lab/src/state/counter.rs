//! A zero-copy counter.

use {
    crate::error::LabError,
    account_migration::{MigrateFrom, ZeroCopy},
    anchor_lang::prelude::*,
};

#[account(zero_copy)]
pub struct CounterV1 {
    pub count: u64,
}

#[account(zero_copy)]
pub struct CounterV2 {
    pub count: u64,
    pub limit: u64,
}

layout!(CounterV1, size_of::<Self>(), ZeroCopy);
layout!(CounterV2, size_of::<Self>(), ZeroCopy);

impl MigrateFrom<CounterV1> for CounterV2 {
    type Error = LabError;

    fn migrate_from(old: CounterV1) -> Self {
        Self {
            count: old.count,
            limit: u64::MAX,
        }
    }
}
