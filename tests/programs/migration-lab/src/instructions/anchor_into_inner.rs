use {
    crate::state::{CardV1, CardV2},
    anchor_lang::{accounts::migration::Migration, prelude::*},
};

#[derive(Accounts)]
pub struct AnchorIntoInner<'info> {
    #[account(mut)]
    pub card: Migration<'info, CardV1, CardV2>,
}

impl AnchorIntoInner<'_> {
    /// As Anchor's documentation shows it, and calls it safe to repeat.
    fn card(&mut self) -> &CardV2 {
        let authority = self.card.authority;
        self.card.into_inner(CardV2 { authority })
    }
}

pub(crate) fn twice(ctx: Context<AnchorIntoInner>) -> Result<()> {
    ctx.accounts.card();
    ctx.accounts.card();
    Ok(())
}

pub(crate) fn old_view_after(ctx: Context<AnchorIntoInner>) -> Result<()> {
    ctx.accounts.card();
    require!(
        ctx.accounts.card.secret != [0; 32],
        ErrorCode::RequireViolated
    );
    Ok(())
}
