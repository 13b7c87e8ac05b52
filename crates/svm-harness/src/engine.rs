use {
    crate::{Outcome, Program},
    anchor_lang::prelude::Pubkey,
    solana_account::Account,
    solana_hash::Hash,
    solana_rent::Rent,
    solana_transaction::Transaction,
};

/// What [`Svm`](crate::Svm) needs of a backend.
pub trait Engine {
    /// A blockhash no earlier call returned, so that equal transactions are not duplicates.
    fn blockhash(&mut self) -> Hash;
    /// Verifies the signatures and executes.
    fn process(&mut self, transaction: Transaction) -> Outcome;
    fn account(&self, address: &Pubkey) -> Option<Account>;
    fn set_account(&mut self, address: Pubkey, account: Account);
    /// Deploys and goes to the next slot. Panics on failure.
    fn deploy(&mut self, program: &Program);
    /// Upgrades and goes to the next slot. Panics on failure.
    fn upgrade(&mut self, program: &Program);
    fn set_rent(&mut self, rent: &Rent);
}
