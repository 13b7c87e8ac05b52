use {
    crate::{error::SuccessorError, state::SuccessorConfig},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct Update<'info> {
    /// The config to update.
    #[account(mut, constraint = config.authority == authority.key() @ SuccessorError::WrongAuthority)]
    pub config: Account<'info, SuccessorConfig>,
    pub authority: Signer<'info>,
}

pub(crate) fn handler(ctx: Context<Update>, value: u64) -> Result<()> {
    let config = &mut ctx.accounts.config;
    config.value = value;
    config.revision = config.revision.wrapping_add(1);
    Ok(())
}
