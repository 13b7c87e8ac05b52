use {
    crate::{Archive, Ledger, Vault},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct Sweep<'info> {
    pub vault: Account<'info, Vault>,
    #[account(mut, seeds = [b"ledger", vault.key().as_ref()], bump)]
    pub ledger: AccountLoader<'info, Ledger>,
    pub first: Box<Account<'info, Archive>>,
    pub second: Box<Account<'info, Archive>>,
    pub third: Box<Account<'info, Archive>>,
    pub fourth: Box<Account<'info, Archive>>,
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
