//! Signs, journals and sends.

use {
    super::{
        Engine, Live, RunError, StopReason,
        compute_limits::{Kind, MAX_COMPUTE_UNITS},
        refill::Ready,
        retry::{Failure, Tried},
    },
    crate::{
        cluster::{BLOCKHASH_LIFETIME, Cluster, ClusterError, Commitment, LatestBlockhash},
        fees::Fees,
        journal::{Attempt, Outcome},
    },
    futures::stream::{self, StreamExt},
    solana_hash::Hash,
    solana_pubkey::Pubkey,
    solana_signature::Signature,
};

/// Blocks of a blockhash's life that a transaction gets at least. Slots are counted, of which there are
/// at least as many.
const LIFE_LEFT: u64 = BLOCKHASH_LIFETIME * 2 / 5;

impl<C: Cluster> Engine<'_, C> {
    pub(super) async fn dispatch(&mut self, batches: Vec<Vec<Ready>>) -> Result<(), RunError> {
        if batches.is_empty() {
            return Ok(());
        }
        let priced = self.priced(&batches);
        let price = self.options.fee_policy.price(self.client, &priced).await?;
        let mut balance = self.payer_balance(self.finalized_slot).await?;
        let blockhash = self.fresh_blockhash().await?;
        let mut signed = Vec::with_capacity(batches.len());
        let mut batches = batches.into_iter();
        for batch in batches.by_ref() {
            let Some(fees) = self.fees(&batch, price).await? else {
                continue;
            };
            let attempt = self.sign(&batch, &fees, blockhash)?;
            // The same accounts failed with this blockhash before: the same signature cannot land anew.
            if self.journal.has_attempt(&attempt.signature)? {
                self.blockhash = None;
                self.put_back(batch);
                continue;
            }
            if let Err(reason) = self.set_aside(&batch, &fees, &mut balance) {
                // What is under way may turn out to cost less.
                if self.live.is_empty() && signed.is_empty() {
                    self.stop(reason);
                }
                self.put_back(batch);
                break;
            }
            signed.push(attempt);
        }
        batches.for_each(|batch| self.put_back(batch));
        self.send_all(signed).await
    }

    /// Only accounts that every transaction of the batch writes to have a price in common.
    fn priced(&self, batches: &[Vec<Ready>]) -> Vec<Pubkey> {
        let first = batches[0].iter().map(|(address, _)| *address);
        std::iter::once(self.keys.roles().payer)
            .chain(first)
            .collect()
    }

    /// What the transaction pays for; `None` when its simulation failed and the batch is dealt with.
    async fn fees(&mut self, batch: &[Ready], price: u64) -> Result<Option<Fees>, RunError> {
        let kind = self.kind(batch);
        let fees = |compute_unit_limit| Fees {
            compute_unit_limit,
            micro_lamports_per_compute_unit: price,
        };
        if let Some(limit) = self.compute_limits.known(kind)
            && !self.is_last_try(batch)
        {
            return Ok(Some(fees(limit)));
        }
        let most = fees(MAX_COMPUTE_UNITS);
        let transaction =
            self.packer
                .unsigned(batch, &most, self.top_up(batch), Hash::default())?;
        let simulation = self.client.simulate(&transaction, &[]).await?;
        let Some(error) = simulation.error else {
            let limit = self.compute_limits.learn(kind, simulation.compute_units);
            return Ok(Some(fees(limit)));
        };
        let accounts = batch.iter().map(|(address, _)| *address).collect();
        let failure = Failure {
            slot: Some(simulation.slot),
            error,
            logs: simulation.logs,
        };
        let tried = Tried {
            kind,
            compute_unit_limit: MAX_COMPUTE_UNITS,
            most_lamports: most
                .lamports(self.packer.signatures())
                .saturating_add(self.top_up(batch)),
        };
        self.failed(accounts, failure, tried).await?;
        Ok(None)
    }

    /// Lamports of rent that the accounts lack in their new layout.
    pub(super) fn top_up(&self, batch: &[Ready]) -> u64 {
        let shortfalls = batch
            .iter()
            .map(|(_, account)| self.transition.shortfall(account, self.rent));
        shortfalls.fold(0, u64::saturating_add)
    }

    fn kind(&self, batch: &[Ready]) -> Kind {
        Kind {
            accounts: batch.len(),
            tops_up: self.top_up(batch) > 0,
        }
    }

    /// What the payer has in `min_slot` or later, without what is under way.
    pub(super) async fn payer_balance(&self, min_slot: u64) -> Result<u64, RunError> {
        let payer = self.keys.roles().payer;
        let read = self
            .client
            .accounts(&[payer], Commitment::Confirmed, min_slot)
            .await?;
        let balance = read.value.into_iter().flatten().next();
        let balance = balance.map_or(0, |account| account.lamports);
        let unconfirmed = self.live.values().filter(|live| live.confirmed.is_none());
        let reserved = unconfirmed.map(|live| live.attempt.most_lamports());
        Ok(balance.saturating_sub(reserved.fold(0, u64::saturating_add)))
    }

    /// Sets the transaction's cost aside.
    fn set_aside(
        &mut self,
        batch: &[Ready],
        fees: &Fees,
        balance: &mut u64,
    ) -> Result<(), StopReason> {
        let cost = fees
            .lamports(self.packer.signatures())
            .saturating_add(self.top_up(batch));
        if let (Some(left), Some(max)) = (self.budget.left(), self.budget.max())
            && cost > left
        {
            return Err(StopReason::Budget { cost, left, max });
        }
        let needed = cost.saturating_add(self.rent.minimum(0));
        if *balance < needed {
            return Err(StopReason::Payer {
                balance: *balance,
                needed,
            });
        }
        *balance -= cost;
        self.budget.reserve(cost);
        Ok(())
    }

    /// The accounts stay pending in the journal.
    fn put_back(&mut self, batch: Vec<Ready>) {
        self.retries
            .push_back(batch.into_iter().map(|(address, _)| address).collect());
    }

    fn sign(
        &self,
        batch: &[Ready],
        fees: &Fees,
        blockhash: LatestBlockhash,
    ) -> Result<Attempt, RunError> {
        let transaction =
            self.packer
                .transaction(batch, fees, self.top_up(batch), blockhash.hash, self.keys)?;
        let accounts = batch
            .iter()
            .map(|(address, account)| (*address, self.transition.shortfall(account, self.rent)));
        Ok(Attempt::new(
            transaction,
            blockhash.last_valid_block_height,
            fees.lamports(self.packer.signatures()),
            fees.compute_unit_limit,
            accounts.collect(),
        ))
    }

    /// A blockhash that a transaction can land with for a while yet.
    async fn fresh_blockhash(&mut self) -> Result<LatestBlockhash, RunError> {
        if let Some((blockhash, slot)) = self.blockhash
            && !self.live.is_empty()
            && self.slot < slot + BLOCKHASH_LIFETIME - LIFE_LEFT
        {
            return Ok(blockhash);
        }
        let blockhash = self.client.latest_blockhash().await?;
        self.blockhash = Some((blockhash, self.slot));
        Ok(blockhash)
    }

    /// Journals all before it sends any.
    async fn send_all(&mut self, signed: Vec<Attempt>) -> Result<(), RunError> {
        self.journal.begin_attempts(&signed)?;
        let client = self.client;
        let sends = signed.iter().map(|attempt| async move {
            let answer = client.send(&attempt.transaction).await;
            (attempt.signature, answer)
        });
        let answers: Vec<_> = stream::iter(sends)
            .buffered(self.options.concurrency)
            .collect()
            .await;
        for attempt in signed {
            let live = Live {
                sent_in: self.slot,
                inherited: false,
                confirmed: None,
                attempt,
            };
            self.live.insert(live.attempt.signature, live);
        }
        for (signature, answer) in answers {
            self.answered(signature, answer).await?;
        }
        Ok(())
    }

    /// Only an answer that the transaction was not sent on ends it; after any other it may land.
    async fn answered(
        &mut self,
        signature: Signature,
        answer: Result<(), ClusterError>,
    ) -> Result<(), RunError> {
        match answer {
            Ok(()) => self.node_behind = 0,
            Err(ClusterError::Transient { message, .. }) => {
                tracing::debug!("{signature} is sent again later: {message}");
            }
            Err(ClusterError::Preflight { error, logs }) => {
                let failure = Failure {
                    slot: None,
                    error,
                    logs,
                };
                self.not_sent(signature, failure).await?;
            }
            Err(
                error @ (ClusterError::TooLarge(_)
                | ClusterError::Unsupported(_)
                | ClusterError::Rejected(_)),
            ) => self.stop(StopReason::Rejected(error.to_string())),
        }
        Ok(())
    }

    async fn not_sent(&mut self, signature: Signature, failure: Failure) -> Result<(), RunError> {
        let Some(live) = self.live.remove(&signature) else {
            return Ok(());
        };
        let reason = self.transition.explain(&failure.error, &failure.logs);
        let accounts = live.attempt.pending();
        self.journal
            .finish_attempts(&[(signature, Outcome::NotSent { reason }, accounts)])?;
        self.budget.release(live.attempt.most_lamports(), 0);
        let accounts = live.attempt.addresses().collect();
        self.failed(accounts, failure, Tried::from(&live.attempt))
            .await
    }
}
