use {
    anchor_lang::{prelude::Clock, solana_program::sysvar::SysvarId},
    std::collections::BTreeMap,
    svm_harness::{Account, Instruction, Pubkey, Svm},
};

/// The accounts that an instruction names and the cluster's clock, before it or as they must be after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger(BTreeMap<Pubkey, Account>);

impl Ledger {
    pub async fn read(svm: &mut Svm, instruction: &Instruction) -> Self {
        let mut accounts = BTreeMap::new();
        let named = instruction.accounts.iter().map(|meta| meta.pubkey);
        for address in named.chain([Clock::id()]) {
            if let Some(mut account) = svm.account(address).await {
                // The runtime sets it where an account is created, and nobody reads it any more.
                account.rent_epoch = 0;
                accounts.insert(address, account);
            }
        }
        Self(accounts)
    }

    /// The account, to be changed as the instruction should; empty if there is none.
    pub fn account(&mut self, address: Pubkey) -> &mut Account {
        self.0.entry(address).or_default()
    }

    /// Gives the account this data and these lamports; `other` pays what it had less or gets what it
    /// had more.
    pub fn settle(&mut self, address: Pubkey, data: Vec<u8>, lamports: u64, other: Pubkey) {
        let account = self.account(address);
        let before = account.lamports;
        account.data = data;
        account.lamports = lamports;
        let other = self.account(other);
        other.lamports = other.lamports + before - lamports;
    }

    /// What is left when the accounts without lamports are gone.
    pub fn swept(mut self) -> Self {
        self.0.retain(|_, account| account.lamports > 0);
        self
    }

    /// The slot in which the instruction is executed.
    pub fn slot(&mut self) -> u64 {
        let data = &self.account(Clock::id()).data;
        u64::from_le_bytes(data[..8].try_into().expect("the clock begins with it"))
    }
}
