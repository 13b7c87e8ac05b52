use {
    crate::state::{CardV1, CardV2},
    account_migration::{Funding, Migrated, Migration, Pending},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct OursSmaller<'info> {
    #[account(mut)]
    pub card: Account<'info, Pending<CardV1, CardV2>>,
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn handler(ctx: Context<OursSmaller>) -> Result<Migrated<CardV2>> {
    let accounts = ctx.accounts;
    Migration::begin(&accounts.card)?
        .migrate(&Funding::new(&accounts.payer, &accounts.system_program))
}
