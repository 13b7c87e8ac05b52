use {
    crate::state::{CardV1, CardV2},
    account_migration::{Funding, Migrated, Migration, Pending},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct OursWithoutMut<'info> {
    // No `mut`: whether the card is writable is up to the client.
    pub card: Account<'info, Pending<CardV1, CardV2>>,
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn handler(ctx: Context<OursWithoutMut>) -> Result<Migrated<CardV2>> {
    let accounts = ctx.accounts;
    Migration::begin(&accounts.card)?
        .migrate(&Funding::new(&accounts.payer, &accounts.system_program))
}
