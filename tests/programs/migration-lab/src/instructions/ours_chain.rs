use {
    crate::state::{ConfigV1, ConfigV3},
    account_migration::{Funding, Migrated, Migration, Pending},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct OursChain<'info> {
    #[account(mut)]
    pub config: Box<Account<'info, Pending<ConfigV1, ConfigV3>>>,
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,
}

/// Two layouts ahead in one pass, of an account that is boxed.
pub(crate) fn handler(ctx: Context<OursChain>) -> Result<Migrated<ConfigV3>> {
    let accounts = ctx.accounts;
    Migration::begin(&accounts.config)?
        .migrate(&Funding::new(&accounts.payer, &accounts.system_program))
}
