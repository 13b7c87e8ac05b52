use {
    crate::state::{NoteV1, NoteV2},
    account_migration::{Funding, Migrated, Migration, Pending},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct OursMigrateNote<'info> {
    #[account(mut)]
    pub note: Account<'info, Pending<NoteV1, NoteV2>>,
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn handler(ctx: Context<OursMigrateNote>) -> Result<Migrated<NoteV2>> {
    let accounts = ctx.accounts;
    Migration::begin(&accounts.note)?
        .migrate(&Funding::new(&accounts.payer, &accounts.system_program))
}
