use {
    crate::state::{ConfigV1, ConfigV2},
    account_migration::Layout,
    anchor_lang::{accounts::migration::Migration, prelude::*},
};

#[derive(Accounts)]
pub struct AnchorShrink<'info> {
    #[account(
        mut,
        realloc = ConfigV1::SPACE,
        realloc::payer = payer,
        realloc::zero = false
    )]
    pub config: Migration<'info, ConfigV2, ConfigV1>,
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn handler(ctx: Context<AnchorShrink>) -> Result<()> {
    let new = ConfigV1 {
        authority: ctx.accounts.config.authority,
        value: ctx.accounts.config.value,
    };
    ctx.accounts.config.migrate(new)
}
