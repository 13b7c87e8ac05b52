use {
    crate::state::{CardV1, CardV2},
    anchor_lang::{accounts::migration::Migration, prelude::*},
};

#[derive(Accounts)]
pub struct AnchorWithoutMut<'info> {
    // No `mut`, so Anchor writes nothing back.
    pub card: Migration<'info, CardV1, CardV2>,
}

pub(crate) fn handler(ctx: Context<AnchorWithoutMut>) -> Result<()> {
    let authority = ctx.accounts.card.authority;
    ctx.accounts.card.migrate(CardV2 { authority })
}
