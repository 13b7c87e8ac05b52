use {
    crate::state::{LedgerV1, LedgerV2},
    account_migration::{Funding, Migrated, Migration, Pending},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct OursMigrateGrown<'info> {
    #[account(mut)]
    pub ledger: Account<'info, Pending<LedgerV1, LedgerV2>>,
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn handler(ctx: Context<OursMigrateGrown>) -> Result<Migrated<LedgerV2>> {
    let accounts = ctx.accounts;
    Migration::begin(&accounts.ledger)?
        .migrate(&Funding::new(&accounts.payer, &accounts.system_program))
}
