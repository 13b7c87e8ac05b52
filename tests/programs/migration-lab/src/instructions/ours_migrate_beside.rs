use {
    crate::state::{ConfigV1, ConfigV2},
    account_migration::{Funding, Migrated, Migration, Pending},
    anchor_lang::prelude::*,
};

/// `dup` takes the pending config out of Anchor's check for duplicates, so both fields may be one account.
#[derive(Accounts)]
pub struct OursMigrateBefore<'info> {
    #[account(mut, dup)]
    pub pending: Account<'info, Pending<ConfigV1, ConfigV2>>,
    #[account(mut)]
    pub other: Account<'info, ConfigV1>,
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,
}

/// [`OursMigrateBefore`] with its configs the other way round: the other one is loaded and written back
/// first.
#[derive(Accounts)]
pub struct OursMigrateBehind<'info> {
    #[account(mut)]
    pub other: Account<'info, ConfigV1>,
    #[account(mut, dup)]
    pub pending: Account<'info, Pending<ConfigV1, ConfigV2>>,
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,
}

/// [`OursMigrateBefore`] that does not write the other config back.
#[derive(Accounts)]
pub struct OursMigrateBesideReader<'info> {
    #[account(mut, dup)]
    pub pending: Account<'info, Pending<ConfigV1, ConfigV2>>,
    pub other: Account<'info, ConfigV1>,
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn before(ctx: Context<OursMigrateBefore>) -> Result<Migrated<ConfigV2>> {
    let accounts = ctx.accounts;
    Migration::begin(&accounts.pending)?
        .migrate(&Funding::new(&accounts.payer, &accounts.system_program))
}

pub(crate) fn behind(ctx: Context<OursMigrateBehind>) -> Result<Migrated<ConfigV2>> {
    let accounts = ctx.accounts;
    Migration::begin(&accounts.pending)?
        .migrate(&Funding::new(&accounts.payer, &accounts.system_program))
}

pub(crate) fn beside_reader(ctx: Context<OursMigrateBesideReader>) -> Result<Migrated<ConfigV2>> {
    let accounts = ctx.accounts;
    Migration::begin(&accounts.pending)?
        .migrate(&Funding::new(&accounts.payer, &accounts.system_program))
}
