use {
    crate::{constants::CONFIG_SEED, error::ConfigError, state::AnyConfig},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct Close<'info> {
    /// The config to close, in either layout.
    #[account(
        mut,
        close = authority,
        seeds = [CONFIG_SEED, authority.key().as_ref()],
        bump,
        constraint = config.authority() == authority.key @ ConfigError::WrongAuthority
    )]
    pub config: Account<'info, AnyConfig>,
    /// The config's authority; receives its lamports.
    #[account(mut)]
    pub authority: Signer<'info>,
}

pub(crate) fn handler(_ctx: Context<Close>) -> Result<()> {
    Ok(())
}
