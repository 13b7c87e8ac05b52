use {
    crate::state::{CounterV1, CounterV2},
    account_migration::{Funding, Migrated, Migration, Pending},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct OursZeroCopy<'info> {
    #[account(mut)]
    pub counter: Account<'info, Pending<CounterV1, CounterV2>>,
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn handler(ctx: Context<OursZeroCopy>) -> Result<Migrated<CounterV2>> {
    let accounts = ctx.accounts;
    Migration::begin(&accounts.counter)?
        .migrate(&Funding::new(&accounts.payer, &accounts.system_program))
}
