use {
    crate::state::{LedgerV1, LedgerV2},
    account_migration::{Funding, Growth, grow_step},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct OursGrow<'info> {
    #[account(mut)]
    pub ledger: Account<'info, LedgerV1>,
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn handler(ctx: Context<OursGrow>) -> Result<Growth> {
    let accounts = ctx.accounts;
    grow_step::<LedgerV1, LedgerV2>(
        &accounts.ledger,
        &Funding::new(&accounts.payer, &accounts.system_program),
    )
}
