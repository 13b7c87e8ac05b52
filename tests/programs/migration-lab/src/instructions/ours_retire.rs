use {crate::error::LabError, account_migration::retire, anchor_lang::prelude::*};

#[derive(Accounts)]
pub struct OursRetire<'info> {
    /// CHECK: any account of this program.
    #[account(mut)]
    pub account: UncheckedAccount<'info>,
    /// CHECK: receives the lamports, whoever it is.
    #[account(mut)]
    pub recipient: UncheckedAccount<'info>,
}

pub(crate) fn handler(ctx: Context<OursRetire>) -> Result<()> {
    retire::<LabError>(&ctx.accounts.account, &ctx.accounts.recipient)
}
