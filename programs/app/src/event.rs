use anchor_lang::prelude::*;

/// What a `migrate_many` did.
#[event]
pub struct ConfigsMigrated {
    /// Configs that had the layout of release 1.
    pub migrated: u32,
    /// Configs that had the layout of release 2 already.
    pub skipped: u32,
    /// Lamports that the payer paid.
    pub top_up: u64,
}
