use {
    crate::state::{EqualCents, EqualDollars},
    anchor_lang::{accounts::migration::Migration, prelude::*},
};

#[derive(Accounts)]
pub struct AnchorEqual<'info> {
    #[account(mut)]
    pub price: Migration<'info, EqualDollars, EqualCents>,
}

pub(crate) fn handler(ctx: Context<AnchorEqual>) -> Result<()> {
    let amount = ctx.accounts.price.amount.saturating_mul(100);
    ctx.accounts.price.migrate(EqualCents { amount })
}
