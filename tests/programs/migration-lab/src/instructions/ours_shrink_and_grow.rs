use {
    crate::state::{ConfigV1, ConfigV2},
    account_migration::{Funding, LamportPolicy, Migrated, Migration, Pending},
    anchor_lang::{
        prelude::*,
        system_program::{Transfer, transfer},
    },
};

#[derive(Accounts)]
pub struct OursShrinkAndGrow<'info> {
    #[account(mut)]
    pub shrinking: Account<'info, Pending<ConfigV2, ConfigV1>>,
    #[account(mut)]
    pub growing: Account<'info, Pending<ConfigV1, ConfigV2>>,
    #[account(mut)]
    pub payer: Signer<'info>,
    /// CHECK: receives the freed rent, whoever it is.
    #[account(mut)]
    pub receiver: UncheckedAccount<'info>,
    pub system_program: Program<'info, System>,
}

/// Refunds the freed rent; then the payer tips the receiver and pays for the other config.
pub(crate) fn handler(ctx: Context<OursShrinkAndGrow>, tip: u64) -> Result<Migrated<ConfigV2>> {
    let accounts = ctx.accounts;
    let funding = Funding::new(&accounts.payer, &accounts.system_program);
    Migration::begin(&accounts.shrinking)?
        .lamports(LamportPolicy::RefundFreedRent {
            to: &accounts.receiver,
        })
        .migrate(&funding)?;
    let tipped = Transfer {
        from: accounts.payer.to_account_info(),
        to: accounts.receiver.to_account_info(),
    };
    transfer(CpiContext::new(System::id(), tipped), tip)?;
    Migration::begin(&accounts.growing)?.migrate(&funding)
}
