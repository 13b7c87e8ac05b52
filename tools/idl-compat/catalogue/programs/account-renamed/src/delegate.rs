use {
    crate::{Permit, Vault},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct Delegate<'info> {
    #[account(has_one = authority)]
    pub vault: Account<'info, Vault>,
    pub authority: Signer<'info>,
    #[account(mut, has_one = vault)]
    pub grant: Account<'info, Permit>,
}

pub(crate) fn handler(ctx: Context<Delegate>, delegate: Option<Pubkey>) -> Result<()> {
    ctx.accounts.grant.delegate = delegate;
    Ok(())
}
