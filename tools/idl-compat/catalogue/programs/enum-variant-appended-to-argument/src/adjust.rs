use {
    crate::{Mode, Side, Vault, VaultError},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct Adjust<'info> {
    #[account(mut, has_one = authority)]
    pub vault: Account<'info, Vault>,
    pub authority: Signer<'info>,
}

pub(crate) fn set_mode(ctx: Context<Adjust>, mode: Mode) -> Result<()> {
    ctx.accounts.vault.mode = mode;
    Ok(())
}

pub(crate) fn handler(ctx: Context<Adjust>, side: Side, amount: u64) -> Result<()> {
    let vault = &mut ctx.accounts.vault;
    let value = match side {
        Side::Add => vault.value.checked_add(amount),
        Side::Subtract => vault.value.checked_sub(amount),
        Side::Multiply => vault.value.checked_mul(amount),
    };
    vault.value = value.ok_or(VaultError::Overflow)?;
    Ok(())
}
