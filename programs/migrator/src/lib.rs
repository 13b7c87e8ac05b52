//! The migration program: ends a config's life in `app` and begins it in `successor`, in one
//! instruction. Either both happened or nothing did.

use anchor_lang::prelude::*;

pub mod constants;
pub mod entrusted;
pub mod equivalence;
pub mod error;
pub mod instructions;
pub mod security;
pub mod state;

use instructions::*;

declare_id!("BNRPbNyECy1CEB6q2Bir4ix2BNPxhSjwdNfQUrhYT4U1");

#[program]
pub mod migrator {
    use super::*;

    /// Retires a config of `app`, in either layout, and has `successor` adopt what it held. Another
    /// form of it would stand beside it as `migrate_account_v2`.
    pub fn migrate_account(ctx: Context<MigrateAccount>, args: MigrateAccountArgs) -> Result<()> {
        migrate_account::handler(ctx, args)
    }
}
