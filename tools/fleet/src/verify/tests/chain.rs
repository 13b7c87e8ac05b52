//! A cluster that only stands still or moves on: finalized accounts and a ledger.

use {
    crate::{
        cluster::{
            Answer, At, Cluster, ClusterError, Commitment, Height, Landed, LatestBlockhash, Lookup,
            Page, Query, Simulation, Status,
        },
        rent::Rent,
    },
    solana_account::Account,
    solana_hash::Hash,
    solana_pubkey::Pubkey,
    solana_signature::Signature,
    solana_transaction::versioned::VersionedTransaction,
    std::{
        collections::BTreeMap,
        sync::{Arc, Mutex, MutexGuard},
    },
};

const RENT: Rent = Rent {
    lamports_per_byte: 6_960,
};

#[derive(Clone, Default)]
pub struct Chain(Arc<Mutex<Facts>>);

#[derive(Default)]
pub struct Facts {
    slot: u64,
    stands_still: bool,
    pub accounts: BTreeMap<Pubkey, Account>,
    /// In the order they landed. One without `Landed` is no longer kept.
    pub ledger: Vec<(Signature, u64, Vec<Pubkey>, Option<Landed>)>,
    /// What the next listings answer, instead of what is.
    pub listings: Vec<At<Vec<(Pubkey, Account)>>>,
}

impl Chain {
    pub fn facts(&self) -> MutexGuard<'_, Facts> {
        self.0.lock().unwrap()
    }

    /// Slots pass with the questions, from 100 on.
    pub fn start(&self) {
        self.facts().slot = 100;
    }

    pub fn stop_at(&self, slot: u64) {
        let mut facts = self.facts();
        facts.slot = slot;
        facts.stands_still = true;
    }

    /// A transaction that brought these lamports to accounts; negative took some.
    pub fn land(&self, signature: Signature, slot: u64, fee: u64, moved: &[(Pubkey, i64)]) {
        let mut facts = self.facts();
        let mut balances = Vec::new();
        for (address, lamports) in moved {
            let account = facts.accounts.entry(*address).or_default();
            let before = account.lamports;
            account.lamports = before.checked_add_signed(*lamports).unwrap();
            balances.push((*address, before, account.lamports));
        }
        let landed = Landed {
            slot,
            fee,
            error: None,
            balances,
        };
        let addresses = moved.iter().map(|(address, _)| *address).collect();
        facts
            .ledger
            .push((signature, slot, addresses, Some(landed)));
    }

    pub fn landed(&self, signature: Signature) -> Landed {
        let facts = self.facts();
        let one = facts.ledger.iter().find(|(one, ..)| *one == signature);
        one.unwrap().3.clone().unwrap()
    }

    pub fn set_landed(&self, signature: Signature, landed: Option<Landed>) {
        let mut facts = self.facts();
        let one = facts.ledger.iter_mut().find(|(one, ..)| *one == signature);
        one.unwrap().3 = landed;
    }
}

fn unasked<T>() -> Answer<T> {
    Err(ClusterError::Rejected(
        "verifying does not need this".to_owned(),
    ))
}

impl Cluster for Chain {
    async fn genesis_hash(&self) -> Answer<Hash> {
        unasked()
    }

    async fn height(&self, commitment: Commitment) -> Answer<Height> {
        assert_eq!(commitment, Commitment::Finalized);
        let mut facts = self.facts();
        facts.slot += u64::from(!facts.stands_still);
        Ok(Height {
            slot: facts.slot,
            block_height: facts.slot,
        })
    }

    async fn latest_blockhash(&self) -> Answer<LatestBlockhash> {
        unasked()
    }

    async fn rent_exempt_minimum(&self, data_len: u64) -> Answer<u64> {
        Ok(RENT.minimum(data_len))
    }

    async fn program_accounts(&self, query: &Query) -> Answer<At<Vec<(Pubkey, Account)>>> {
        assert_eq!(query.commitment, Commitment::Finalized);
        let mut facts = self.facts();
        if query.partition.is_none() && !facts.listings.is_empty() {
            return Ok(facts.listings.remove(0));
        }
        let matches = |account: &Account| {
            account.owner == query.program_id
                && account.data.starts_with(&query.discriminator)
                && query
                    .data_len
                    .is_none_or(|len| len == account.data.len() as u64)
                && query.partition.as_ref().is_none_or(|(offset, bytes)| {
                    let data = account.data.get(usize::try_from(*offset).unwrap()..);
                    data.is_some_and(|data| data.starts_with(bytes))
                })
        };
        let accounts = facts
            .accounts
            .iter()
            .filter(|(_, account)| matches(account));
        Ok(At {
            slot: facts.slot,
            value: accounts
                .map(|(address, account)| (*address, account.clone()))
                .collect(),
        })
    }

    async fn program_accounts_page(&self, _: &Query, _: Option<&str>, _: usize) -> Answer<Page> {
        Err(ClusterError::Unsupported("Method not found".to_owned()))
    }

    async fn accounts(
        &self,
        addresses: &[Pubkey],
        commitment: Commitment,
        min_slot: u64,
    ) -> Answer<At<Vec<Option<Account>>>> {
        assert_eq!(commitment, Commitment::Finalized);
        assert!(addresses.len() <= 100);
        let facts = self.facts();
        assert!(
            min_slot <= facts.slot,
            "{min_slot} is not finalized at {}",
            facts.slot
        );
        Ok(At {
            slot: facts.slot,
            value: addresses
                .iter()
                .map(|address| facts.accounts.get(address).cloned())
                .collect(),
        })
    }

    async fn account_start(
        &self,
        _: &Pubkey,
        _: usize,
        _: Commitment,
    ) -> Answer<At<Option<Vec<u8>>>> {
        unasked()
    }

    async fn simulate(&self, _: &VersionedTransaction, _: &[Pubkey]) -> Answer<Simulation> {
        unasked()
    }

    async fn send(&self, _: &VersionedTransaction) -> Answer<()> {
        unasked()
    }

    async fn statuses(&self, _: &[Signature], _: Lookup) -> Answer<At<Vec<Option<Status>>>> {
        unasked()
    }

    async fn recent_prioritization_fees(&self, _: &[Pubkey]) -> Answer<Vec<u64>> {
        unasked()
    }

    async fn signatures_of(&self, address: &Pubkey, after_slot: u64) -> Answer<Vec<Signature>> {
        let facts = self.facts();
        let named =
            facts.ledger.iter().rev().filter(|(_, slot, addresses, _)| {
                *slot > after_slot && addresses.contains(address)
            });
        Ok(named.map(|(signature, ..)| *signature).collect())
    }

    async fn transaction(&self, signature: &Signature) -> Answer<Option<Landed>> {
        let facts = self.facts();
        let found = facts.ledger.iter().find(|(one, ..)| one == signature);
        Ok(found.and_then(|(_, _, _, landed)| landed.clone()))
    }
}
