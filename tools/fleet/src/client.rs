//! A cluster asked with patience: calls are rate-limited, counted, and repeated when they may succeed later.

mod gate;

use {
    self::gate::Gate,
    crate::cluster::{
        Answer, At, Cluster, ClusterError, Commitment, Height, Landed, LatestBlockhash, Lookup,
        Page, Query, Simulation, Status,
    },
    backon::{ExponentialBuilder, Retryable},
    solana_account::Account,
    solana_hash::Hash,
    solana_pubkey::Pubkey,
    solana_signature::Signature,
    solana_transaction::versioned::VersionedTransaction,
    std::{
        collections::BTreeMap,
        sync::{Mutex, MutexGuard, PoisonError},
        time::Duration,
    },
};

/// Before the second attempt; each later wait is twice as long, and up to as much again is added at random.
const FIRST_WAIT: Duration = Duration::from_millis(250);
const LONGEST_WAIT: Duration = Duration::from_secs(8);
/// What is signed is sent within this time, or its blockhash grows old.
const LONGEST_SENDING: Duration = Duration::from_secs(2);

/// How a node is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Calls of every kind. 0: no limit.
    pub calls_per_second: u32,
    /// Of these, transactions that are sent: providers allow fewer. 0: no limit of their own.
    pub sends_per_second: u32,
    /// How often a call is made at most when the answer is [`ClusterError::Transient`].
    pub attempts: usize,
    /// Waits are the same for the same seed.
    pub jitter_seed: u64,
}

/// See the [module](self).
pub struct Client<C> {
    cluster: C,
    limits: Limits,
    every_call: Gate,
    /// Behind it, sends pass `every_call` too.
    sends: Gate,
    counts: Mutex<BTreeMap<&'static str, u64>>,
}

impl<C: Cluster> Client<C> {
    pub fn new(cluster: C, limits: Limits) -> Self {
        Self {
            cluster,
            every_call: Gate::new(limits.calls_per_second),
            sends: Gate::new(limits.sends_per_second),
            limits,
            counts: Mutex::default(),
        }
    }

    /// Sends that pass before what is signed for them grows old; 0 while the node takes none.
    pub fn most_sends(&self) -> usize {
        if self.sends.closed_for() > LONGEST_SENDING {
            return 0;
        }
        let Limits {
            calls_per_second,
            sends_per_second,
            ..
        } = self.limits;
        let limits = [calls_per_second, sends_per_second].into_iter();
        let limit = limits.filter(|per_second| *per_second > 0).min();
        limit.map_or(usize::MAX, |per_second| {
            per_second as usize * LONGEST_SENDING.as_secs() as usize
        })
    }

    /// Calls by the JSON-RPC method that answers them, repetitions included.
    pub fn calls(&self) -> BTreeMap<&'static str, u64> {
        self.counts().clone()
    }

    pub async fn genesis_hash(&self) -> Answer<Hash> {
        self.ask("getGenesisHash", || self.cluster.genesis_hash())
            .await
    }

    pub async fn height(&self, commitment: Commitment) -> Answer<Height> {
        self.ask("getEpochInfo", || self.cluster.height(commitment))
            .await
    }

    pub async fn latest_blockhash(&self) -> Answer<LatestBlockhash> {
        self.ask("getLatestBlockhash", || self.cluster.latest_blockhash())
            .await
    }

    pub async fn rent_exempt_minimum(&self, data_len: u64) -> Answer<u64> {
        self.ask("getMinimumBalanceForRentExemption", || {
            self.cluster.rent_exempt_minimum(data_len)
        })
        .await
    }

    pub async fn program_accounts(&self, query: &Query) -> Answer<At<Vec<(Pubkey, Account)>>> {
        self.ask("getProgramAccounts", || {
            self.cluster.program_accounts(query)
        })
        .await
    }

    pub async fn program_accounts_page(
        &self,
        query: &Query,
        cursor: Option<&str>,
        limit: usize,
    ) -> Answer<Page> {
        self.ask("getProgramAccountsV2", || {
            self.cluster.program_accounts_page(query, cursor, limit)
        })
        .await
    }

    pub async fn accounts(
        &self,
        addresses: &[Pubkey],
        commitment: Commitment,
        min_slot: u64,
    ) -> Answer<At<Vec<Option<Account>>>> {
        self.ask("getMultipleAccounts", || {
            self.cluster.accounts(addresses, commitment, min_slot)
        })
        .await
    }

    pub async fn account_start(
        &self,
        address: &Pubkey,
        len: usize,
        commitment: Commitment,
    ) -> Answer<At<Option<Vec<u8>>>> {
        self.ask("getAccountInfo", || {
            self.cluster.account_start(address, len, commitment)
        })
        .await
    }

    pub async fn simulate(
        &self,
        transaction: &VersionedTransaction,
        accounts: &[Pubkey],
    ) -> Answer<Simulation> {
        self.ask("simulateTransaction", || {
            self.cluster.simulate(transaction, accounts)
        })
        .await
    }

    /// Once: what is to be sent again is for the caller to know. A node that takes no more for a while is
    /// asked everything else meanwhile.
    pub async fn send(&self, transaction: &VersionedTransaction) -> Answer<()> {
        let pause = self.sends.closed_for();
        if pause > LONGEST_SENDING {
            return Err(ClusterError::Transient {
                message: format!(
                    "it was not sent: the node takes none for {} s",
                    pause.as_secs()
                ),
                retry_after: None,
            });
        }
        self.sends.pass().await;
        self.once("sendTransaction", &self.sends, || {
            self.cluster.send(transaction)
        })
        .await
    }

    pub async fn statuses(
        &self,
        signatures: &[Signature],
        lookup: Lookup,
    ) -> Answer<At<Vec<Option<Status>>>> {
        self.ask("getSignatureStatuses", || {
            self.cluster.statuses(signatures, lookup)
        })
        .await
    }

    pub async fn recent_prioritization_fees(&self, addresses: &[Pubkey]) -> Answer<Vec<u64>> {
        self.ask("getRecentPrioritizationFees", || {
            self.cluster.recent_prioritization_fees(addresses)
        })
        .await
    }

    pub async fn signatures_of(&self, address: &Pubkey, after_slot: u64) -> Answer<Vec<Signature>> {
        self.ask("getSignaturesForAddress", || {
            self.cluster.signatures_of(address, after_slot)
        })
        .await
    }

    pub async fn transaction(&self, signature: &Signature) -> Answer<Option<Landed>> {
        self.ask("getTransaction", || self.cluster.transaction(signature))
            .await
    }

    async fn ask<T, F: Future<Output = Answer<T>>>(
        &self,
        method: &'static str,
        call: impl Fn() -> F,
    ) -> Answer<T> {
        let asked: u64 = self.counts().values().sum();
        let waits = ExponentialBuilder::new()
            .with_min_delay(FIRST_WAIT)
            .with_max_delay(LONGEST_WAIT)
            .with_max_times(self.limits.attempts.saturating_sub(1))
            .with_jitter()
            .with_jitter_seed(self.limits.jitter_seed.wrapping_add(asked));
        (|| self.once(method, &self.every_call, &call))
            .retry(waits)
            .when(|error| matches!(error, ClusterError::Transient { .. }))
            .notify(|error, wait| tracing::warn!("{error}; asking again in {wait:?}"))
            .await
    }

    /// `closed` is closed for as long as the node asks in its answer.
    async fn once<T, F: Future<Output = Answer<T>>>(
        &self,
        method: &'static str,
        closed: &Gate,
        call: impl Fn() -> F,
    ) -> Answer<T> {
        self.every_call.pass().await;
        *self.counts().entry(method).or_default() += 1;
        let answer = call().await;
        closed.heed(&answer);
        answer
    }

    fn counts(&self) -> MutexGuard<'_, BTreeMap<&'static str, u64>> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
pub(crate) mod memory;
#[cfg(test)]
mod tests;
