use {crate::*, anchor_lang::prelude::*};

#[program]
pub mod vaults {
    use super::*;

    /// Makes the accounts of an authority: its vault, which holds `value`, a grant and a ledger.
    pub fn create(ctx: Context<Create>, value: u64) -> Result<()> {
        create::handler(ctx, value)
    }

    /// Makes the archive of a vault.
    pub fn open_archive(ctx: Context<OpenArchive>) -> Result<()> {
        archive::handler(ctx)
    }

    /// Puts `amount` less `fee` into a vault. `legacy` is not used.
    pub fn deposit(
        ctx: Context<Deposit>,
        amount: u64,
        fee: u64,
        legacy: u8,
        memo: u64,
    ) -> Result<()> {
        let _ = (legacy, memo);
        deposit::handler(ctx, amount, fee)
    }

    /// Writes into the ledger what the program reads in a vault and its grant.
    pub fn record(ctx: Context<Record>) -> Result<()> {
        record::handler(ctx)
    }

    /// Adds one to the vault's value for each remaining account.
    pub fn tally(ctx: Context<Tally>) -> Result<()> {
        tally::handler(ctx)
    }

    /// Sets or clears the delegate of a grant.
    pub fn delegate(ctx: Context<Delegate>, delegate: Option<Pubkey>) -> Result<()> {
        delegate::handler(ctx, delegate)
    }

    /// Sets the mode of a vault.
    pub fn set_mode(ctx: Context<Adjust>, mode: Mode) -> Result<()> {
        adjust::set_mode(ctx, mode)
    }

    /// Adds `amount` to the vault's value, or takes it away.
    pub fn adjust(ctx: Context<Adjust>, side: Side, amount: u64) -> Result<()> {
        adjust::handler(ctx, side, amount)
    }

    /// Adds what four archives hold to the ledger's deposits.
    pub fn sweep(ctx: Context<Sweep>) -> Result<()> {
        sweep::handler(ctx)
    }
}
