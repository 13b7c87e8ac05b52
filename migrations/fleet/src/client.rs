//! A cluster asked with patience: calls are rate-limited, counted, and repeated when they may succeed later.

use {
    crate::cluster::{
        Answer, At, Cluster, ClusterError, Commitment, Landed, LatestBlockhash, Page, Progress,
        Query, Simulation, Status,
    },
    backon::{ExponentialBuilder, Retryable},
    governor::{
        Quota, RateLimiter,
        clock::Clock,
        middleware::NoOpMiddleware,
        state::{InMemoryState, NotKeyed},
    },
    solana_account::Account,
    solana_hash::Hash,
    solana_pubkey::Pubkey,
    solana_signature::Signature,
    solana_transaction::versioned::VersionedTransaction,
    std::{
        collections::BTreeMap,
        num::NonZeroU32,
        sync::{Mutex, MutexGuard, PoisonError},
        time::Duration,
    },
    tokio::time::{Instant, sleep, sleep_until},
};

/// Before the second attempt; each later wait is twice as long, and up to as much again is added at random.
const FIRST_WAIT: Duration = Duration::from_millis(250);
const LONGEST_WAIT: Duration = Duration::from_secs(8);
/// A node that asks for more is asked again nevertheless, so that the attempts come to an end.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// How a node is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// 0: no limit.
    pub calls_per_second: u32,
    /// How often a call is made at most when the answer is [`ClusterError::Transient`].
    pub attempts: usize,
    /// Waits are the same for the same seed.
    pub jitter_seed: u64,
}

/// See the [module](self).
pub struct Client<C> {
    cluster: C,
    limits: Limits,
    turns: Option<RateLimiter<NotKeyed, InMemoryState, Ticks, NoOpMiddleware<Duration>>>,
    book: Mutex<Book>,
}

#[derive(Default)]
struct Book {
    calls: BTreeMap<&'static str, u64>,
    /// Until when the node asked to be left alone.
    paused_until: Option<Instant>,
}

/// Tokio's clock, which tests can stop.
struct Ticks(Instant);

impl Clock for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

impl<C: Cluster> Client<C> {
    pub fn new(cluster: C, limits: Limits) -> Self {
        let turns = NonZeroU32::new(limits.calls_per_second).map(|per_second| {
            // A tenth of a second's calls at once: timers are too coarse to space many calls evenly.
            let burst = NonZeroU32::new(per_second.get() / 10).unwrap_or(NonZeroU32::MIN);
            let quota = Quota::per_second(per_second).allow_burst(burst);
            RateLimiter::direct_with_clock(quota, Ticks(Instant::now()))
        });
        Self {
            cluster,
            limits,
            turns,
            book: Mutex::default(),
        }
    }

    /// Calls by the JSON-RPC method that answers them, repetitions included.
    pub fn calls(&self) -> BTreeMap<&'static str, u64> {
        self.book().calls.clone()
    }

    pub async fn genesis_hash(&self) -> Answer<Hash> {
        self.ask("getGenesisHash", || self.cluster.genesis_hash())
            .await
    }

    pub async fn progress(&self, commitment: Commitment) -> Answer<Progress> {
        self.ask("getEpochInfo", || self.cluster.progress(commitment))
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

    /// Once: what is to be sent again is for the caller to know.
    pub async fn send(&self, transaction: &VersionedTransaction) -> Answer<()> {
        self.once("sendTransaction", || self.cluster.send(transaction))
            .await
    }

    pub async fn statuses(&self, signatures: &[Signature]) -> Answer<At<Vec<Option<Status>>>> {
        self.ask("getSignatureStatuses", || self.cluster.statuses(signatures))
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
        let asked: u64 = self.book().calls.values().sum();
        let waits = ExponentialBuilder::new()
            .with_min_delay(FIRST_WAIT)
            .with_max_delay(LONGEST_WAIT)
            .with_max_times(self.limits.attempts.saturating_sub(1))
            .with_jitter()
            .with_jitter_seed(self.limits.jitter_seed.wrapping_add(asked));
        (|| self.once(method, &call))
            .retry(waits)
            .when(|error| matches!(error, ClusterError::Transient { .. }))
            .notify(|error, wait| tracing::warn!("{error}; asking again in {wait:?}"))
            .await
    }

    async fn once<T, F: Future<Output = Answer<T>>>(
        &self,
        method: &'static str,
        call: impl Fn() -> F,
    ) -> Answer<T> {
        self.turn().await;
        *self.book().calls.entry(method).or_default() += 1;
        let answer = call().await;
        if let Err(ClusterError::Transient {
            retry_after: Some(pause),
            ..
        }) = answer
        {
            let until = Instant::now() + pause.min(LONGEST_PAUSE);
            let mut book = self.book();
            book.paused_until = book.paused_until.max(Some(until));
        }
        answer
    }

    /// Until the node may be asked.
    async fn turn(&self) {
        loop {
            let paused_until = self.book().paused_until;
            if let Some(until) = paused_until
                && until > Instant::now()
            {
                sleep_until(until).await;
                continue;
            }
            let Some(turns) = &self.turns else { return };
            match turns.check() {
                Ok(()) => return,
                Err(early) => sleep(early.wait_time_from(turns.clock().now())).await,
            }
        }
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
pub(crate) mod memory;
#[cfg(test)]
mod tests;
