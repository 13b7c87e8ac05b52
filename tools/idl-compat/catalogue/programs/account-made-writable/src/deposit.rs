use {
    crate::{Deposited, Grant, Ledger, Mode, Vault, VaultError},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct Deposit<'info> {
    #[account(mut, has_one = authority, seeds = [b"vault", authority.key().as_ref()], bump)]
    pub vault: Account<'info, Vault>,
    pub authority: Signer<'info>,
    #[account(mut, seeds = [b"ledger", vault.key().as_ref()], bump)]
    pub ledger: AccountLoader<'info, Ledger>,
    #[account(mut, has_one = vault)]
    pub grant: Account<'info, Grant>,
    /// CHECK: any account; clients send it writable, though nothing is written.
    #[account(mut)]
    pub observer: UncheckedAccount<'info>,
}

pub(crate) fn handler(ctx: Context<Deposit>, amount: u64, fee: u64) -> Result<()> {
    let vault = &mut ctx.accounts.vault;
    require!(vault.mode != Mode::Frozen, VaultError::Frozen);
    require!(amount <= vault.limits.per_deposit, VaultError::AboveLimit);
    let ledger = &mut ctx.accounts.ledger.load_mut()?;
    let added = amount.checked_sub(fee).ok_or(VaultError::Overflow)?;
    vault.value = vault.value.checked_add(added).ok_or(VaultError::Overflow)?;
    ledger.deposits += amount;
    ledger.fees += fee;
    emit!(Deposited {
        vault: vault.key(),
        amount,
        fee,
    });
    Ok(())
}
