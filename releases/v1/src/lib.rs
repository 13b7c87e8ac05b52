//! Release 1 of the program, frozen on the day it was deployed.
//!
//! Its clients are still out there: the tests and the lifecycle send what this crate's
//! `instruction` and `accounts` modules produce.

use anchor_lang::prelude::*;

declare_id!("6kKWMmNckGur5mgBxGHDXTGcNe4XCqMcot4KAXJMcF1s");

/// First seed of a config's address: `["config", authority]`.
pub const CONFIG_SEED: &[u8] = b"config";

#[program]
pub mod app {
    use super::*;

    /// Creates the authority's config.
    pub fn initialize(ctx: Context<Initialize>, value: u64) -> Result<()> {
        ctx.accounts.config.set_inner(ConfigV1 {
            authority: ctx.accounts.authority.key(),
            value,
        });
        Ok(())
    }

    /// Sets the config's value.
    pub fn update(ctx: Context<Update>, value: u64) -> Result<()> {
        ctx.accounts.config.value = value;
        Ok(())
    }

    /// Closes the config; its lamports go to the authority.
    pub fn close(_ctx: Context<Close>) -> Result<()> {
        Ok(())
    }
}

/// The config as release 1 stores it: 48 bytes with its discriminator.
#[account]
#[derive(InitSpace)]
pub struct ConfigV1 {
    /// Who may update and close the config.
    pub authority: Pubkey,
    /// The value the config holds.
    pub value: u64,
}

#[derive(Accounts)]
pub struct Initialize<'info> {
    /// The config to create.
    #[account(
        init,
        payer = authority,
        space = ConfigV1::DISCRIMINATOR.len() + ConfigV1::INIT_SPACE,
        seeds = [CONFIG_SEED, authority.key().as_ref()],
        bump
    )]
    pub config: Account<'info, ConfigV1>,
    /// The config's authority; pays its rent.
    #[account(mut)]
    pub authority: Signer<'info>,
    pub system_program: Program<'info, System>,
}

#[derive(Accounts)]
pub struct Update<'info> {
    /// The config to update.
    #[account(
        mut,
        seeds = [CONFIG_SEED, authority.key().as_ref()],
        bump,
        has_one = authority @ ConfigError::WrongAuthority
    )]
    pub config: Account<'info, ConfigV1>,
    pub authority: Signer<'info>,
}

#[derive(Accounts)]
pub struct Close<'info> {
    /// The config to close.
    #[account(
        mut,
        close = authority,
        seeds = [CONFIG_SEED, authority.key().as_ref()],
        bump,
        has_one = authority @ ConfigError::WrongAuthority
    )]
    pub config: Account<'info, ConfigV1>,
    /// The config's authority; receives its lamports.
    #[account(mut)]
    pub authority: Signer<'info>,
}

#[error_code]
pub enum ConfigError {
    /// 6000
    #[msg("the signer is not the config's authority")]
    WrongAuthority,
}
