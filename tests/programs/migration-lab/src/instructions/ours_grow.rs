use {
    crate::{
        error::LabError,
        state::{LedgerV1, LedgerV2},
    },
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

/// Fails unless the ledger then has `len` bytes and lacks `missing`.
pub(crate) fn handler(ctx: Context<OursGrow>, len: u64, missing: u64) -> Result<()> {
    let accounts = ctx.accounts;
    let growth = grow_step::<LedgerV1, LedgerV2>(
        &accounts.ledger,
        &Funding::new(&accounts.payer, &accounts.system_program),
    )?;
    let expected = Growth {
        len: len as usize,
        missing: missing as usize,
    };
    require!(growth == expected, LabError::UnexpectedGrowth);
    Ok(())
}
