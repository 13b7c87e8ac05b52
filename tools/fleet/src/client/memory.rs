//! A cluster in memory: accounts that can be listed, and errors on demand.

use {
    crate::cluster::{
        Answer, At, Cluster, ClusterError, Commitment, Height, Landed, LatestBlockhash, Lookup,
        Page, Query, Simulation, Status,
    },
    solana_account::Account,
    solana_hash::Hash,
    solana_pubkey::Pubkey,
    solana_signature::Signature,
    solana_transaction::versioned::VersionedTransaction,
    std::{
        collections::VecDeque,
        sync::{Arc, Mutex},
        time::Duration,
    },
    tokio::time::{Instant, sleep},
};

/// What is listed is true at this slot.
pub const SLOT: u64 = 9;

#[derive(Clone)]
pub struct Memory {
    pub accounts: Vec<(Pubkey, Account)>,
    /// Whether it can page.
    pub has_pages: bool,
    /// Accounts in its largest answer: more is too large.
    pub most: usize,
    /// Accounts that it finds in time: more takes too long.
    pub most_in_time: usize,
    pub fees: Vec<u64>,
    /// How long each answer takes.
    pub latency: Duration,
    since: Instant,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    errors: VecDeque<ClusterError>,
    calls: Vec<Asked>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Since the cluster was made.
    pub at: Duration,
    pub listing: Option<Query>,
    /// Accounts that a page was asked for.
    pub limit: Option<usize>,
}

impl Memory {
    /// In an async context.
    pub fn new(accounts: Vec<(Pubkey, Account)>) -> Self {
        Self {
            accounts,
            has_pages: false,
            most: usize::MAX,
            most_in_time: usize::MAX,
            fees: Vec::new(),
            latency: Duration::ZERO,
            since: Instant::now(),
            shared: Arc::default(),
        }
    }

    /// The next calls fail so.
    pub fn fail(&self, errors: impl IntoIterator<Item = ClusterError>) {
        self.shared.lock().unwrap().errors.extend(errors);
    }

    pub fn calls(&self) -> Vec<Asked> {
        self.shared.lock().unwrap().calls.clone()
    }

    /// Milliseconds at which it was called.
    pub fn times(&self) -> Vec<u128> {
        self.calls()
            .iter()
            .map(|call| call.at.as_millis())
            .collect()
    }

    async fn call(&self, listing: Option<&Query>, limit: Option<usize>) -> Answer<()> {
        let error = {
            let mut shared = self.shared.lock().unwrap();
            shared.calls.push(Asked {
                at: self.since.elapsed(),
                listing: listing.cloned(),
                limit,
            });
            shared.errors.pop_front()
        };
        if !self.latency.is_zero() {
            sleep(self.latency).await;
        }
        error.map_or(Ok(()), Err)
    }

    async fn answer<T>(&self, value: T) -> Answer<T> {
        self.call(None, None).await.map(|()| value)
    }

    fn matching(&self, query: &Query) -> Vec<(Pubkey, Account)> {
        let has = |data: &[u8], offset: u64, bytes: &[u8]| {
            data.get(usize::try_from(offset).unwrap()..)
                .is_some_and(|data| data.starts_with(bytes))
        };
        let matches = |account: &Account| {
            let data = &account.data;
            account.owner == query.program_id
                && data.starts_with(&query.discriminator)
                && query.data_len.is_none_or(|len| len == data.len() as u64)
                && query
                    .partition
                    .as_ref()
                    .is_none_or(|(at, bytes)| has(data, *at, bytes))
        };
        let accounts = self.accounts.iter();
        accounts
            .filter(|(_, account)| matches(account))
            .cloned()
            .collect()
    }
}

impl Cluster for Memory {
    async fn genesis_hash(&self) -> Answer<Hash> {
        self.answer(Hash::default()).await
    }

    async fn height(&self, _: Commitment) -> Answer<Height> {
        self.answer(Height {
            slot: SLOT,
            block_height: SLOT,
        })
        .await
    }

    async fn latest_blockhash(&self) -> Answer<LatestBlockhash> {
        self.answer(LatestBlockhash {
            hash: Hash::default(),
            last_valid_block_height: SLOT + 150,
        })
        .await
    }

    async fn rent_exempt_minimum(&self, data_len: u64) -> Answer<u64> {
        self.answer(data_len).await
    }

    async fn program_accounts(&self, query: &Query) -> Answer<At<Vec<(Pubkey, Account)>>> {
        self.call(Some(query), None).await?;
        let found = self.matching(query);
        if found.len() > self.most_in_time {
            return Err(late());
        }
        if found.len() > self.most {
            return Err(ClusterError::TooLarge(format!("{} accounts", found.len())));
        }
        Ok(At {
            slot: SLOT,
            value: found,
        })
    }

    async fn program_accounts_page(
        &self,
        query: &Query,
        cursor: Option<&str>,
        limit: usize,
    ) -> Answer<Page> {
        self.call(Some(query), Some(limit)).await?;
        if !self.has_pages {
            return Err(ClusterError::Unsupported("Method not found".to_owned()));
        }
        if limit > self.most {
            return Err(ClusterError::TooLarge(format!("{limit} accounts")));
        }
        let found = self.matching(query);
        let start = cursor.map_or(0, |cursor| cursor.parse().unwrap());
        let end = found.len().min(start + limit);
        Ok(Page {
            slot: SLOT,
            accounts: found[start..end].to_vec(),
            next: (end < found.len()).then(|| end.to_string()),
        })
    }

    async fn accounts(
        &self,
        addresses: &[Pubkey],
        _: Commitment,
        min_slot: u64,
    ) -> Answer<At<Vec<Option<Account>>>> {
        self.answer(At {
            slot: min_slot,
            value: vec![None; addresses.len()],
        })
        .await
    }

    async fn account_start(
        &self,
        _: &Pubkey,
        len: usize,
        _: Commitment,
    ) -> Answer<At<Option<Vec<u8>>>> {
        self.answer(At {
            slot: SLOT,
            value: Some(vec![0; len]),
        })
        .await
    }

    async fn simulate(&self, _: &VersionedTransaction, accounts: &[Pubkey]) -> Answer<Simulation> {
        self.answer(Simulation {
            slot: SLOT,
            error: None,
            logs: Vec::new(),
            compute_units: 0,
            accounts: vec![None; accounts.len()],
        })
        .await
    }

    async fn send(&self, _: &VersionedTransaction) -> Answer<()> {
        self.answer(()).await
    }

    async fn statuses(
        &self,
        signatures: &[Signature],
        _: Lookup,
    ) -> Answer<At<Vec<Option<Status>>>> {
        self.answer(At {
            slot: SLOT,
            value: vec![None; signatures.len()],
        })
        .await
    }

    async fn recent_prioritization_fees(&self, addresses: &[Pubkey]) -> Answer<Vec<u64>> {
        assert!(addresses.len() <= 128, "{} addresses", addresses.len());
        self.answer(self.fees.clone()).await
    }

    async fn signatures_of(&self, _: &Pubkey, _: u64) -> Answer<Vec<Signature>> {
        self.answer(Vec::new()).await
    }

    async fn transaction(&self, _: &Signature) -> Answer<Option<Landed>> {
        self.answer(None).await
    }
}

pub fn late() -> ClusterError {
    later(None)
}

pub fn later(seconds: Option<u64>) -> ClusterError {
    ClusterError::Transient {
        message: "later".to_owned(),
        retry_after: seconds.map(Duration::from_secs),
    }
}
