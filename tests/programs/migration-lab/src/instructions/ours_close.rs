use {
    crate::state::{ConfigV1, ConfigV2},
    account_migration::Pending,
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct OursClose<'info> {
    #[account(mut, close = receiver)]
    pub config: Account<'info, Pending<ConfigV1, ConfigV2>>,
    #[account(mut)]
    pub receiver: Signer<'info>,
}

/// A closed config need not be migrated.
pub(crate) fn handler(_: Context<OursClose>) -> Result<()> {
    Ok(())
}
