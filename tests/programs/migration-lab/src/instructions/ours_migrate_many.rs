use {
    crate::state::{LedgerV1, LedgerV2},
    account_migration::Funding,
    anchor_lang::prelude::*,
};

/// The ledgers are the remaining accounts.
#[derive(Accounts)]
pub struct OursMigrateMany<'info> {
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn handler<'info>(ctx: Context<'info, OursMigrateMany<'info>>) -> Result<()> {
    let accounts = ctx.accounts;
    account_migration::migrate_many::<LedgerV1, LedgerV2>(
        ctx.remaining_accounts,
        &Funding::new(&accounts.payer, &accounts.system_program),
        u64::MAX,
    )?;
    Ok(())
}
