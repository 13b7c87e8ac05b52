use {
    crate::{Grant, Ledger, Vault},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct Create<'info> {
    #[account(init, payer = authority, space = Vault::ALLOCATED, seeds = [b"vault", authority.key().as_ref()], bump)]
    pub vault: Box<Account<'info, Vault>>,
    #[account(init, payer = authority, space = Grant::ALLOCATED, seeds = [b"grant", vault.key().as_ref()], bump)]
    pub grant: Box<Account<'info, Grant>>,
    #[account(init, payer = authority, space = Ledger::ALLOCATED, seeds = [b"ledger", vault.key().as_ref()], bump)]
    pub ledger: Box<Account<'info, Ledger>>,
    #[account(mut)]
    pub authority: Signer<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn handler(ctx: Context<Create>, value: u64) -> Result<()> {
    let accounts = ctx.accounts;
    accounts
        .vault
        .set_inner(Vault::new(accounts.authority.key(), value));
    accounts.grant.set_inner(Grant::new(accounts.vault.key()));
    Ok(())
}
