use {
    crate::state::{LedgerV1, LedgerV2},
    account_migration::{Funding, Growth, grow_step},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct OursGrowWithoutMut<'info> {
    // No `mut`: whether the ledger is writable is up to the client.
    pub ledger: Account<'info, LedgerV1>,
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn handler(ctx: Context<OursGrowWithoutMut>) -> Result<Growth> {
    let accounts = ctx.accounts;
    grow_step::<LedgerV1, LedgerV2>(
        &accounts.ledger,
        &Funding::new(&accounts.payer, &accounts.system_program),
    )
}
