//! The program that takes configs over from `app` when their owner program must change.
//!
//! A config begins its life here by `adopt`, which only the migration program can call, and only for a
//! config that was retired in the old program before.

use anchor_lang::prelude::*;

pub mod constants;
pub mod error;
pub mod instructions;
pub mod security;
pub mod state;

use instructions::*;

declare_id!("6yBFWmoxikHomDoqMcbPBKjMUN4trm6wytN2rXJ4n3my");

#[program]
pub mod successor {
    use super::*;

    /// Begins the life of a config that was retired in the old program: the second half of a migration
    /// by proxy. Only the migration program can call it, for the config's authority.
    pub fn adopt(ctx: Context<Adopt>, args: AdoptArgs) -> Result<()> {
        adopt::handler(ctx, args)
    }

    /// Sets the value of a config, by its authority.
    pub fn update(ctx: Context<Update>, value: u64) -> Result<()> {
        update::handler(ctx, value)
    }
}
