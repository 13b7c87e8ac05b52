use {
    crate::{
        error::ConfigError,
        state::{AnyConfig, ConfigV2},
    },
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct SetFee<'info> {
    /// The config; it must have the layout of release 2.
    #[account(
        mut,
        constraint = config.v2()?.authority == authority.key() @ ConfigError::WrongAuthority
    )]
    pub config: Account<'info, AnyConfig>,
    pub authority: Signer<'info>,
}

pub(crate) fn handler(ctx: Context<SetFee>, fee: u64, fee_mint: Pubkey) -> Result<()> {
    ConfigV2::check_fee(fee, &fee_mint)?;
    ctx.accounts.config.v2_mut()?.set_fee(fee, fee_mint);
    Ok(())
}
