//! A node with release 2 of the real program. It fails the test when it is asked to send anything.

use {
    crate::{
        client::{Client, Limits},
        cluster::{
            Answer, At, Cluster, ClusterError, Commitment, Height, Landed, LatestBlockhash, Lookup,
            Page, Query, Simulation, Status,
        },
    },
    demo::releases::release_2,
    litesvm::LiteSVM,
    solana_account::Account,
    solana_hash::Hash,
    solana_loader_v3_interface::get_program_data_address,
    solana_pubkey::Pubkey,
    solana_signature::Signature,
    solana_transaction::versioned::VersionedTransaction,
    std::{
        collections::BTreeMap,
        fs,
        sync::{Mutex, MutexGuard},
    },
};

pub const SLOT: u64 = 300;
/// Of the deployment.
pub const DEPLOYED: u64 = 200;

pub struct Node {
    svm: Mutex<LiteSVM>,
    /// Accounts that can be listed.
    pub fleet: BTreeMap<Pubkey, Account>,
    /// Lists every account twice, and some that were not asked for.
    pub is_sloppy: bool,
    /// Listings that succeed before one fails.
    pub listings: Mutex<usize>,
    /// Changes each account that a simulation shows.
    pub tamper: fn(&mut Account),
}

impl Node {
    pub fn new(upgrade_authority: Option<Pubkey>) -> Self {
        let mut svm = LiteSVM::new()
            .with_sigverify(false)
            .with_blockhash_check(false);
        let program = release_2();
        let elf = fs::read(&program.elf).unwrap();
        svm.add_program(program.id, &elf).unwrap();
        let node = Self {
            svm: Mutex::new(svm),
            fleet: BTreeMap::new(),
            is_sloppy: false,
            listings: Mutex::new(usize::MAX),
            tamper: |_| {},
        };
        let address = get_program_data_address(&program.id);
        let mut data = node.account(&address).unwrap();
        data.data[4..12].copy_from_slice(&DEPLOYED.to_le_bytes());
        data.data[12..45].fill(0);
        if let Some(authority) = upgrade_authority {
            data.data[12] = 1;
            data.data[13..45].copy_from_slice(authority.as_ref());
        }
        node.set(address, data);
        node
    }

    pub fn set(&self, address: Pubkey, account: Account) {
        self.svm().set_account(address, account).unwrap();
    }

    pub fn add(&mut self, (address, account): (Pubkey, Account)) {
        self.set(address, account.clone());
        self.fleet.insert(address, account);
    }

    pub fn client(self) -> Client<Self> {
        Client::new(
            self,
            Limits {
                calls_per_second: 0,
                sends_per_second: 0,
                attempts: 1,
                jitter_seed: 0,
            },
        )
    }

    fn svm(&self) -> MutexGuard<'_, LiteSVM> {
        self.svm.lock().unwrap()
    }

    pub fn account(&self, address: &Pubkey) -> Option<Account> {
        let account = self.svm().get_account(address);
        account.filter(|account| account.lamports > 0)
    }
}

impl Cluster for Node {
    async fn genesis_hash(&self) -> Answer<Hash> {
        Ok(Hash::new_from_array([8; 32]))
    }

    async fn height(&self, _: Commitment) -> Answer<Height> {
        Ok(Height {
            slot: SLOT,
            block_height: SLOT,
        })
    }

    async fn latest_blockhash(&self) -> Answer<LatestBlockhash> {
        unreachable!("a plan signs nothing")
    }

    async fn rent_exempt_minimum(&self, data_len: u64) -> Answer<u64> {
        Ok((data_len + 128) * 6_960)
    }

    async fn program_accounts(&self, query: &Query) -> Answer<At<Vec<(Pubkey, Account)>>> {
        let mut left = self.listings.lock().unwrap();
        *left = left
            .checked_sub(1)
            .ok_or_else(|| ClusterError::Rejected("the node has had enough".to_owned()))?;
        let matches = |account: &Account| {
            let data = &account.data;
            self.is_sloppy
                || data.starts_with(&query.discriminator)
                    && query.data_len.is_none_or(|len| len == data.len() as u64)
        };
        let found = self.fleet.iter().filter(|(_, account)| matches(account));
        let mut found: Vec<_> = found
            .map(|(address, account)| (*address, account.clone()))
            .collect();
        if self.is_sloppy {
            found.extend(found.clone());
        }
        Ok(At {
            slot: SLOT,
            value: found,
        })
    }

    async fn program_accounts_page(&self, _: &Query, _: Option<&str>, _: usize) -> Answer<Page> {
        Err(ClusterError::Unsupported("Method not found".to_owned()))
    }

    async fn accounts(
        &self,
        addresses: &[Pubkey],
        _: Commitment,
        _: u64,
    ) -> Answer<At<Vec<Option<Account>>>> {
        Ok(At {
            slot: SLOT,
            value: addresses
                .iter()
                .map(|address| self.account(address))
                .collect(),
        })
    }

    async fn account_start(
        &self,
        address: &Pubkey,
        len: usize,
        _: Commitment,
    ) -> Answer<At<Option<Vec<u8>>>> {
        let account = self.account(address);
        Ok(At {
            slot: SLOT,
            value: account.map(|account| account.data[..len.min(account.data.len())].to_vec()),
        })
    }

    async fn simulate(
        &self,
        transaction: &VersionedTransaction,
        accounts: &[Pubkey],
    ) -> Answer<Simulation> {
        Ok(match self.svm().simulate_transaction(transaction.clone()) {
            Err(failed) => Simulation {
                slot: SLOT,
                error: Some(failed.err),
                logs: failed.meta.logs,
                compute_units: failed.meta.compute_units_consumed,
                accounts: vec![None; accounts.len()],
            },
            Ok(done) => {
                let after: BTreeMap<Pubkey, _> = done.post_accounts.into_iter().collect();
                let show = |address| {
                    let mut account: Account = after.get(address)?.clone().into();
                    (self.tamper)(&mut account);
                    Some(account)
                };
                Simulation {
                    slot: SLOT,
                    error: None,
                    logs: done.meta.logs,
                    compute_units: done.meta.compute_units_consumed,
                    accounts: accounts.iter().map(show).collect(),
                }
            }
        })
    }

    async fn send(&self, _: &VersionedTransaction) -> Answer<()> {
        unreachable!("a plan sends nothing")
    }

    async fn statuses(&self, _: &[Signature], _: Lookup) -> Answer<At<Vec<Option<Status>>>> {
        unreachable!("a plan sends nothing")
    }

    async fn recent_prioritization_fees(&self, _: &[Pubkey]) -> Answer<Vec<u64>> {
        Ok((1..=100).collect())
    }

    async fn signatures_of(&self, _: &Pubkey, _: u64) -> Answer<Vec<Signature>> {
        unreachable!("a plan asks for no history")
    }

    async fn transaction(&self, _: &Signature) -> Answer<Option<Landed>> {
        unreachable!("a plan asks for no history")
    }
}
