use {
    crate::state::{PrefixCents, PrefixDollars},
    anchor_lang::{accounts::migration::Migration, prelude::*},
};

#[derive(Accounts)]
pub struct AnchorPrefix<'info> {
    #[account(mut, realloc = 2 + 8, realloc::payer = payer, realloc::zero = false)]
    pub price: Migration<'info, PrefixDollars, PrefixCents>,
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn handler(ctx: Context<AnchorPrefix>) -> Result<()> {
    let amount = ctx.accounts.price.amount.saturating_mul(100);
    ctx.accounts.price.migrate(PrefixCents { amount })
}
