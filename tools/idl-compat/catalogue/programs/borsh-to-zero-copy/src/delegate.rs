use {
    crate::{Grant, Vault},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct Delegate<'info> {
    #[account(has_one = authority)]
    pub vault: Account<'info, Vault>,
    pub authority: Signer<'info>,
    #[account(mut, has_one = vault)]
    pub grant: AccountLoader<'info, Grant>,
}

pub(crate) fn handler(ctx: Context<Delegate>, delegate: Option<Pubkey>) -> Result<()> {
    let grant = &mut ctx.accounts.grant.load_mut()?;
    grant.delegated = delegate.is_some().into();
    grant.delegate = delegate.unwrap_or_default();
    Ok(())
}
