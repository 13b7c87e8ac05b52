use {
    crate::{constants::CONFIG_SEED, state::ConfigV1},
    account_migration::Layout,
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct Initialize<'info> {
    /// The config to create.
    #[account(
        init,
        payer = authority,
        space = ConfigV1::SPACE,
        seeds = [CONFIG_SEED, authority.key().as_ref()],
        bump
    )]
    pub config: Account<'info, ConfigV1>,
    /// The config's authority; pays its rent.
    #[account(mut)]
    pub authority: Signer<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn handler(ctx: Context<Initialize>, value: u64) -> Result<()> {
    ctx.accounts.config.set_inner(ConfigV1 {
        authority: ctx.accounts.authority.key(),
        value,
    });
    Ok(())
}
