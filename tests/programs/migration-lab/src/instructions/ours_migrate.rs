use {
    crate::state::{ConfigV1, ConfigV2},
    account_migration::{Funding, Migrated, Migration, Pending},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct OursMigrate<'info> {
    #[account(mut)]
    pub config: Account<'info, Pending<ConfigV1, ConfigV2>>,
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn handler(ctx: Context<OursMigrate>) -> Result<Migrated<ConfigV2>> {
    let accounts = ctx.accounts;
    Migration::begin(&accounts.config)?
        .migrate(&Funding::new(&accounts.payer, &accounts.system_program))
}

/// Loads the config as pending and never migrates it.
pub(crate) fn forget(_: Context<OursMigrate>) -> Result<()> {
    Ok(())
}

/// Begins, gives up, and begins again.
pub(crate) fn begin_again(ctx: Context<OursMigrate>) -> Result<Migrated<ConfigV2>> {
    drop(Migration::begin(&ctx.accounts.config)?);
    handler(ctx)
}

/// Migrates, and begins again.
pub(crate) fn migrate_twice(ctx: Context<OursMigrate>) -> Result<Migrated<ConfigV2>> {
    let accounts = ctx.accounts;
    let funding = Funding::new(&accounts.payer, &accounts.system_program);
    Migration::begin(&accounts.config)?.migrate(&funding)?;
    Migration::begin(&accounts.config)?.migrate(&funding)
}
