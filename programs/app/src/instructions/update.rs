use {
    crate::{constants::CONFIG_SEED, error::ConfigError, state::AnyConfig},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct Update<'info> {
    /// The config to update, in either layout.
    #[account(
        mut,
        seeds = [CONFIG_SEED, authority.key().as_ref()],
        bump,
        constraint = config.authority() == authority.key @ ConfigError::WrongAuthority
    )]
    pub config: Account<'info, AnyConfig>,
    pub authority: Signer<'info>,
}

pub(crate) fn handler(ctx: Context<Update>, value: u64) -> Result<()> {
    ctx.accounts.config.set_value(value);
    Ok(())
}
