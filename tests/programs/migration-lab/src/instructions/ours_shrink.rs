use {
    crate::state::{ConfigV1, ConfigV2},
    account_migration::{Funding, LamportPolicy, Migrated, Migration, Pending},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct OursShrink<'info> {
    #[account(mut)]
    pub config: Account<'info, Pending<ConfigV2, ConfigV1>>,
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,
    /// CHECK: receives the freed rent, whoever it is.
    #[account(mut)]
    pub receiver: Option<UncheckedAccount<'info>>,
}

/// The freed rent goes to the receiver; without one it stays in the config.
pub(crate) fn handler(ctx: Context<OursShrink>) -> Result<Migrated<ConfigV1>> {
    let accounts = ctx.accounts;
    let policy = match &accounts.receiver {
        Some(receiver) => LamportPolicy::RefundFreedRent { to: receiver },
        None => LamportPolicy::KeepSurplus,
    };
    Migration::begin(&accounts.config)?
        .lamports(policy)
        .migrate(&Funding::new(&accounts.payer, &accounts.system_program))
}
