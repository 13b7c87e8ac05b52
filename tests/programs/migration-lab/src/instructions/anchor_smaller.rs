use {
    crate::state::{CardV1, CardV2},
    anchor_lang::{accounts::migration::Migration, prelude::*},
};

#[derive(Accounts)]
pub struct AnchorSmaller<'info> {
    #[account(mut)]
    pub card: Migration<'info, CardV1, CardV2>,
}

pub(crate) fn handler(ctx: Context<AnchorSmaller>) -> Result<()> {
    let authority = ctx.accounts.card.authority;
    ctx.accounts.card.migrate(CardV2 { authority })
}
