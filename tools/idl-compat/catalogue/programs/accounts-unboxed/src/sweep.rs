use {
    crate::{Archive, Ledger, Vault},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct Sweep<'info> {
    pub vault: Account<'info, Vault>,
    #[account(mut, seeds = [b"ledger", vault.key().as_ref()], bump)]
    pub ledger: AccountLoader<'info, Ledger>,
    pub first: Account<'info, Archive>,
    pub second: Account<'info, Archive>,
    pub third: Account<'info, Archive>,
    pub fourth: Account<'info, Archive>,
}

pub(crate) fn handler(ctx: Context<Sweep>) -> Result<()> {
    let Sweep {
        ledger,
        first,
        second,
        third,
        fourth,
        ..
    } = ctx.accounts;
    let ledger = &mut ledger.load_mut()?;
    for archive in [first, second, third, fourth] {
        ledger.deposits += archive.entries[0];
    }
    Ok(())
}
