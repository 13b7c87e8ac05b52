use {
    crate::state::{ArchiveV1, ArchiveV3},
    account_migration::{Funding, Migrated, Migration, Pending},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct OursMigrateArchive<'info> {
    #[account(mut)]
    pub archive: Account<'info, Pending<ArchiveV1, ArchiveV3>>,
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn handler(ctx: Context<OursMigrateArchive>) -> Result<Migrated<ArchiveV3>> {
    let accounts = ctx.accounts;
    Migration::begin(&accounts.archive)?
        .migrate(&Funding::new(&accounts.payer, &accounts.system_program))
}
