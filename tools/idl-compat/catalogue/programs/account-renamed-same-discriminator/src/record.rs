use {
    crate::{Ledger, Permit, Vault},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct Record<'info> {
    pub vault: Account<'info, Vault>,
    #[account(has_one = vault)]
    pub grant: Account<'info, Permit>,
    #[account(mut, seeds = [b"ledger", vault.key().as_ref()], bump)]
    pub ledger: AccountLoader<'info, Ledger>,
}

pub(crate) fn handler(ctx: Context<Record>) -> Result<()> {
    let Record {
        vault,
        grant,
        ledger,
    } = ctx.accounts;
    let ledger = &mut ledger.load_mut()?;
    ledger.seen_value = vault.value;
    ledger.seen_per_day = vault.limits.per_day;
    ledger.seen_mode = vault.mode as u8;
    ledger.seen_granted = grant.amount;
    ledger.seen_delegated = grant.delegate.is_some().into();
    Ok(())
}
