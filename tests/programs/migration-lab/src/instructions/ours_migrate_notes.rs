use {
    crate::state::{NoteV1, NoteV2},
    account_migration::Funding,
    anchor_lang::prelude::*,
};

/// The notes are the remaining accounts.
#[derive(Accounts)]
pub struct OursMigrateNotes<'info> {
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn handler<'info>(ctx: Context<'info, OursMigrateNotes<'info>>) -> Result<()> {
    let accounts = ctx.accounts;
    account_migration::migrate_many::<NoteV1, NoteV2>(
        ctx.remaining_accounts,
        &Funding::new(&accounts.payer, &accounts.system_program),
        u64::MAX,
    )?;
    Ok(())
}
