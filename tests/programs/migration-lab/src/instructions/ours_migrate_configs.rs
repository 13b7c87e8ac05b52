use {
    crate::state::{ConfigV1, ConfigV2},
    account_migration::Funding,
    anchor_lang::prelude::*,
};

/// The configs to migrate are the remaining accounts.
#[derive(Accounts)]
pub struct OursMigrateConfigs<'info> {
    /// Written back in the layout it was read in.
    #[account(mut)]
    pub kept: Option<Account<'info, ConfigV1>>,
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn handler<'info>(
    ctx: Context<'info, OursMigrateConfigs<'info>>,
    max_top_up: u64,
) -> Result<()> {
    let accounts = ctx.accounts;
    account_migration::migrate_many::<ConfigV1, ConfigV2>(
        ctx.remaining_accounts,
        &Funding::new(&accounts.payer, &accounts.system_program),
        max_top_up,
    )?;
    Ok(())
}
