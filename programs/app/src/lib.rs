//! A live program in its second release.
//!
//! Every release-1 instruction keeps its name, accounts and arguments; what is new stands beside it
//! as `_v2` or under a name of its own. Each instruction is one file in [`instructions`].

use anchor_lang::prelude::*;

pub mod constants;
pub mod error;
pub mod event;
pub mod instructions;
pub mod security;
pub mod state;

use instructions::*;

declare_id!("6kKWMmNckGur5mgBxGHDXTGcNe4XCqMcot4KAXJMcF1s");

#[program]
pub mod app {
    use super::*;

    // Release 1. Clients of both releases call these on accounts of both layouts.

    /// Creates the authority's config, in the layout of release 1: its clients read what they made.
    pub fn initialize(ctx: Context<Initialize>, value: u64) -> Result<()> {
        initialize::handler(ctx, value)
    }

    /// Sets the value of a config in either layout.
    pub fn update(ctx: Context<Update>, value: u64) -> Result<()> {
        update::handler(ctx, value)
    }

    /// Closes a config in either layout; its lamports go to the authority.
    pub fn close(ctx: Context<Close>) -> Result<()> {
        close::handler(ctx)
    }

    // Release 2.

    /// Creates the authority's config in the layout of release 2.
    pub fn initialize_v2(ctx: Context<InitializeV2>, args: InitializeV2Args) -> Result<()> {
        initialize_v2::handler(ctx, args)
    }

    /// Sets the value, by the authority or an operator, and charges the config's fee: at most `max_fee`,
    /// in base units of the token of the mint that is passed. A value that was changed since
    /// `expected_revision` is not overwritten.
    pub fn update_v2(
        ctx: Context<UpdateV2>,
        value: u64,
        expected_revision: Option<u32>,
        max_fee: u64,
    ) -> Result<()> {
        update_v2::handler(ctx, value, expected_revision, max_fee)
    }

    /// Replaces the operators; the account grows or shrinks to fit them.
    pub fn set_operators(ctx: Context<SetOperators>, operators: Vec<Pubkey>) -> Result<()> {
        set_operators::handler(ctx, operators)
    }

    /// Sets the fee that `update_v2` charges, in base units of the mint's token; a new revision.
    pub fn set_fee(ctx: Context<SetFee>, fee: u64, fee_mint: Pubkey) -> Result<()> {
        set_fee::handler(ctx, fee, fee_mint)
    }

    /// Brings a config from the layout of release 1 to that of release 2.
    pub fn migrate(ctx: Context<Migrate>) -> Result<()> {
        migrate::handler(ctx)?;
        Ok(())
    }

    /// Brings every config in the remaining accounts that has the layout of release 1 to that of
    /// release 2 and skips the others; `max_top_up` is the most lamports that the payer pays.
    pub fn migrate_many<'info>(
        ctx: Context<'info, MigrateMany<'info>>,
        max_top_up: u64,
    ) -> Result<()> {
        migrate_many::handler(ctx, max_top_up)
    }

    /// Brings a config back to the layout of release 1. Fields that only release 2 has are lost:
    /// when they hold anything, `discard_v2_data` must say so.
    pub fn rollback(ctx: Context<Rollback>, discard_v2_data: bool) -> Result<()> {
        rollback::handler(ctx, discard_v2_data)?;
        Ok(())
    }

    /// Ends the life of a config in either layout: the first half of a migration by proxy. Only the
    /// migration program can call it, for the config's authority.
    pub fn retire(ctx: Context<Retire>) -> Result<()> {
        retire::handler(ctx)
    }
}
