use {
    crate::state::{ArchiveV1, ArchiveV3},
    account_migration::{Funding, Growth, grow_step},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct OursGrowArchive<'info> {
    #[account(mut)]
    pub archive: Account<'info, ArchiveV1>,
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn handler(ctx: Context<OursGrowArchive>) -> Result<Growth> {
    let accounts = ctx.accounts;
    grow_step::<ArchiveV1, ArchiveV3>(
        &accounts.archive,
        &Funding::new(&accounts.payer, &accounts.system_program),
    )
}
