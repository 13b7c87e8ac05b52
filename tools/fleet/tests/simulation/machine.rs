//! Executes transactions: LiteSVM with one release of the real program.
//!
//! A machine keeps no account of the fleet between transactions. It is given the accounts that a
//! transaction names, as they are at one place of the ledger, so that a fork costs nothing to follow.

use {
    crate::ledger::is_writable,
    demo::releases::program_id,
    litesvm::{LiteSVM, types::TransactionMetadata},
    solana_account::{Account, AccountSharedData},
    solana_pubkey::Pubkey,
    solana_rent::Rent,
    solana_transaction::versioned::VersionedTransaction,
    solana_transaction_error::TransactionError,
    std::{collections::HashSet, sync::Arc},
};

/// A program binary that may be deployed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// It does not have the instructions that migrate.
    One,
    Two,
}

/// What a transaction did.
pub struct Executed {
    pub result: Result<(), TransactionError>,
    /// Lamports; 0 when the transaction cannot be part of a block.
    pub fee: u64,
    pub compute_units: u64,
    pub logs: Vec<String>,
    /// Every account of the transaction that it may have changed, as it is now.
    pub accounts: Vec<(Pubkey, Option<Account>)>,
    /// Lamports before and after of every account of the transaction.
    pub balances: Vec<Balance>,
}

pub type Balance = (Pubkey, u64, u64);

#[derive(Clone)]
pub struct Machine {
    svm: LiteSVM,
    /// Accounts of the runtime and the program, which no transaction here changes.
    fixed: Arc<HashSet<Pubkey>>,
    lamports_per_byte: u64,
}

impl Machine {
    /// The program's upgrade authority is written into the account of its data, as the loader does.
    pub fn with(elf: &[u8], upgrade_authority: &Pubkey) -> Self {
        let mut svm = LiteSVM::new()
            .with_sigverify(false)
            .with_blockhash_check(false)
            .with_transaction_history(0);
        let program = program_id();
        svm.add_program(program, elf).expect("a program");
        let address = solana_loader_v3_interface::get_program_data_address(&program);
        let mut data = svm.get_account(&address).expect("the program's data");
        data.data[12] = 1;
        data.data[13..45].copy_from_slice(upgrade_authority.as_ref());
        svm.set_account(address, data).expect("an account");
        let fixed = svm.accounts_db().inner.keys().copied().collect();
        let mut machine = Self {
            svm,
            fixed: Arc::new(fixed),
            lamports_per_byte: 0,
        };
        machine.set_rent(solana_rent::DEFAULT_LAMPORTS_PER_BYTE);
        machine
    }

    pub fn is_fixed(&self, address: &Pubkey) -> bool {
        self.fixed.contains(address)
    }

    pub fn fixed(&self, address: &Pubkey) -> Option<&AccountSharedData> {
        let account = self.svm.accounts_db().get_account_ref(address);
        account.filter(|_| self.is_fixed(address))
    }

    pub fn set_rent(&mut self, lamports_per_byte: u64) {
        if self.lamports_per_byte != lamports_per_byte {
            self.lamports_per_byte = lamports_per_byte;
            self.svm.set_sysvar(&Rent {
                lamports_per_byte,
                ..Rent::default()
            });
        }
    }

    /// Executes the transaction on these accounts and keeps what it did.
    pub fn execute(
        &mut self,
        transaction: &VersionedTransaction,
        state: impl Fn(&Pubkey) -> Option<Account>,
    ) -> Executed {
        self.load(transaction, state);
        let keys = transaction.message.static_account_keys();
        let before: Vec<u64> = keys.iter().map(|key| self.lamports(key)).collect();
        let (result, meta) = match self.svm.send_transaction(transaction.clone()) {
            Ok(meta) => (Ok(()), meta),
            Err(failed) => (Err(failed.err), failed.meta),
        };
        let balances = keys.iter().zip(before);
        let balances = balances.map(|(key, before)| (*key, before, self.lamports(key)));
        let keys = keys.iter().enumerate();
        let accounts =
            keys.filter(|(index, key)| is_writable(transaction, *index) && !self.is_fixed(key));
        let accounts = accounts.map(|(_, key)| (*key, self.svm.get_account(key)));
        executed(result, meta, accounts.collect(), balances.collect())
    }

    /// What [`execute`](Self::execute) would do.
    pub fn simulate(
        &mut self,
        transaction: &VersionedTransaction,
        state: impl Fn(&Pubkey) -> Option<Account>,
    ) -> Executed {
        self.load(transaction, state);
        match self.svm.simulate_transaction(transaction.clone()) {
            Ok(done) => {
                let accounts = done.post_accounts.into_iter();
                let accounts = accounts.map(|(address, account)| (address, Some(account.into())));
                executed(Ok(()), done.meta, accounts.collect(), Vec::new())
            }
            Err(failed) => executed(Err(failed.err), failed.meta, Vec::new(), Vec::new()),
        }
    }

    fn lamports(&self, address: &Pubkey) -> u64 {
        self.svm.get_balance(address).unwrap_or(0)
    }

    fn load(
        &mut self,
        transaction: &VersionedTransaction,
        state: impl Fn(&Pubkey) -> Option<Account>,
    ) {
        for key in transaction.message.static_account_keys() {
            if !self.is_fixed(key) {
                let account = state(key).unwrap_or_default();
                self.svm.set_account(*key, account).expect("no sysvar");
            }
        }
    }
}

fn executed(
    result: Result<(), TransactionError>,
    meta: TransactionMetadata,
    accounts: Vec<(Pubkey, Option<Account>)>,
    balances: Vec<Balance>,
) -> Executed {
    let is_charged = balances
        .first()
        .is_some_and(|(_, before, after)| before != after);
    Executed {
        result,
        fee: if is_charged { meta.fee } else { 0 },
        compute_units: meta.compute_units_consumed,
        logs: meta.logs,
        accounts,
        balances,
    }
}
