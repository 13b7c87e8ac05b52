use {
    crate::{Vault, VaultError},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct Tally<'info> {
    #[account(mut, has_one = authority)]
    pub vault: Account<'info, Vault>,
    pub authority: Signer<'info>,
}

pub(crate) fn handler(ctx: Context<Tally>) -> Result<()> {
    let vault = &mut ctx.accounts.vault;
    let count = ctx.remaining_accounts.len() as u32;
    vault.value = vault.value.checked_add(count).ok_or(VaultError::Overflow)?;
    Ok(())
}
