//! A transfer hook of Token-2022 that permits every transfer. Never deploy it.

use anchor_lang::prelude::*;

declare_id!("4A8pvyAMvPqypVh1gdgswu4YAsZfFDocQnWbvtnGP4bs");

/// First bytes of the SHA-256 of `spl-transfer-hook-interface:execute`.
pub const EXECUTE: &[u8] = &[105, 37, 101, 197, 75, 251, 102, 26];

#[program]
pub mod transfer_hook {
    use super::*;

    /// What Token-2022 calls in the middle of a transfer.
    #[instruction(discriminator = EXECUTE)]
    pub fn execute(_ctx: Context<Execute>, _amount: u64) -> Result<()> {
        Ok(())
    }
}

#[derive(Accounts)]
pub struct Execute<'info> {
    /// CHECK: any.
    pub source: UncheckedAccount<'info>,
    /// CHECK: any.
    pub mint: UncheckedAccount<'info>,
    /// CHECK: any.
    pub destination: UncheckedAccount<'info>,
    /// CHECK: any.
    pub authority: UncheckedAccount<'info>,
}
