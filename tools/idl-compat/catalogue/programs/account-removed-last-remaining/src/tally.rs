use {
    crate::{Vault, VaultError},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct Tally<'info> {
    #[account(mut)]
    pub vault: Account<'info, Vault>,
}

pub(crate) fn handler(ctx: Context<Tally>) -> Result<()> {
    let vault = &mut ctx.accounts.vault;
    let count = ctx.remaining_accounts.len() as u64;
    vault.value = vault.value.checked_add(count).ok_or(VaultError::Overflow)?;
    Ok(())
}
