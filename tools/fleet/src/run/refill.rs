//! Chooses the accounts of the next transactions.

use {
    super::{Engine, RunError, StopReason},
    crate::{
        cluster::{At, Cluster, Commitment, MAX_ACCOUNTS_PER_CALL},
        journal::State,
        planned_only::Split,
        transition::{Stage, Unreadable},
    },
    futures::stream::{self, StreamExt, TryStreamExt},
    solana_account::Account,
    solana_pubkey::Pubkey,
};

/// An account in the old layout, as it was just read.
pub type Ready = (Pubkey, Account);

impl<C: Cluster> Engine<'_, C> {
    /// As many batches as may be sent now, each of which fits one transaction.
    pub(super) async fn refill(&mut self) -> Result<Vec<Vec<Ready>>, RunError> {
        let unconfirmed = self
            .live
            .values()
            .filter(|live| live.confirmed.is_none())
            .count();
        let room = self.options.max_in_flight.saturating_sub(unconfirmed);
        let room = room.min(self.client.most_sends());
        let mut batches = self.retry_batches(room).await?;
        while batches.len() < room && self.goes_on() {
            let wanted = self.packer.most_accounts() * (room - batches.len());
            let exhausted = self.read_pending(wanted).await?;
            while batches.len() < room && !self.waiting.is_empty() {
                let waiting = self.waiting.make_contiguous();
                let count = self.packer.count_that_fit(waiting)?;
                if count == waiting.len() && !exhausted {
                    break;
                }
                batches.push(self.waiting.drain(..count).collect());
            }
            if exhausted {
                break;
            }
        }
        Ok(batches)
    }

    /// The parts of failed transactions, each on its own.
    async fn retry_batches(&mut self, room: usize) -> Result<Vec<Vec<Ready>>, RunError> {
        let parts: Vec<_> = self.retries.drain(..room.min(self.retries.len())).collect();
        let read = self.read(parts).await?;
        let mut batches = Vec::new();
        for part in read {
            let mut part = self.keep_old(part)?;
            while !part.is_empty() {
                let count = self.packer.count_that_fit(&part)?;
                batches.push(part.drain(..count).collect());
            }
        }
        Ok(batches)
    }

    /// Reads pending accounts until at least `wanted` wait; whether that were the last.
    async fn read_pending(&mut self, wanted: usize) -> Result<bool, RunError> {
        while self.waiting.len() < wanted {
            let left = self.options.max_accounts.map(|max| max - self.taken);
            if left == Some(0) {
                return Ok(true);
            }
            let missing = (wanted - self.waiting.len()).next_multiple_of(MAX_ACCOUNTS_PER_CALL);
            let limit = left.map_or(missing, |left| {
                missing.min(usize::try_from(left).unwrap_or(usize::MAX))
            });
            let (addresses, cursor) = self.journal.pending(self.cursor, limit)?;
            if addresses.is_empty() {
                return Ok(true);
            }
            self.cursor = cursor;
            self.taken += addresses.len() as u64;
            let parts = addresses
                .chunks(MAX_ACCOUNTS_PER_CALL)
                .map(<[_]>::to_vec)
                .collect();
            for part in self.read(parts).await? {
                let old = self.keep_old(part)?;
                self.waiting.extend(old);
            }
        }
        Ok(false)
    }

    /// Reads each part with one call, several at once.
    async fn read(
        &self,
        parts: Vec<Vec<Pubkey>>,
    ) -> Result<Vec<At<Vec<(Pubkey, Option<Account>)>>>, RunError> {
        let calls = parts.into_iter().map(|part| async move {
            let read = self
                .client
                .accounts(&part, Commitment::Confirmed, self.finalized_slot)
                .await?;
            Ok(At {
                slot: read.slot,
                value: part.into_iter().zip(read.value).collect(),
            })
        });
        stream::iter(calls)
            .buffered(self.options.concurrency)
            .try_collect()
            .await
    }

    /// Those in the old layout; the journal notes what the others are.
    fn keep_old(
        &mut self,
        At { slot, value }: At<Vec<(Pubkey, Option<Account>)>>,
    ) -> Result<Vec<Ready>, RunError> {
        let mut old = Vec::with_capacity(value.len());
        let mut done = Vec::new();
        for (address, account) in value {
            match (self.transition.stage(account.as_ref()), account) {
                (Stage::Old, Some(account)) => {
                    let ready = (address, account);
                    match self.transition.check_fields(&ready) {
                        Ok(()) => old.push(ready),
                        Err(Unreadable { address, error }) => {
                            let reason = error.to_string();
                            done.push((address, State::Quarantined { reason }));
                        }
                    }
                }
                (stage, account) => done.push((address, self.state_of_done(stage, account))),
            }
        }
        let Split { due: old, others } = self.split(old)?;
        done.extend(others.into_iter().map(|(address, _)| {
            let reason = "it was closed and made anew".to_owned();
            (address, State::Closed { reason })
        }));
        if !done.is_empty() {
            self.done_in = self.done_in.max(slot);
        }
        self.release_isolated(&done);
        self.count_quarantined(&done);
        self.journal.set_states(&done)?;
        self.journal.observed(&old, slot)?;
        Ok(old)
    }

    /// What becomes of an account that is not in the old layout and that no transaction of ours changed.
    pub(super) fn state_of_done(&self, stage: Stage, account: Option<Account>) -> State {
        match stage {
            Stage::New => State::Migrated {
                signature: None,
                top_up: 0,
                lamports_after: account.map_or(0, |account| account.lamports),
            },
            Stage::Closed => State::Closed {
                reason: account.map_or_else(
                    || "it was closed".to_owned(),
                    |account| format!("it is owned by {} now", account.owner),
                ),
            },
            Stage::Old | Stage::Other => State::Quarantined {
                reason: "its discriminator is of neither layout".to_owned(),
            },
        }
    }

    /// Stops the run when too many accounts fail: the reason then lies with the fleet, not with them.
    pub(super) fn count_quarantined(&mut self, done: &[(Pubkey, State)]) {
        let quarantined = done
            .iter()
            .filter(|(_, state)| matches!(state, State::Quarantined { .. }));
        self.quarantined += quarantined.count() as u64;
        if self.quarantined > self.options.max_quarantined {
            self.stop(StopReason::TooManyQuarantined(self.quarantined));
        }
    }
}
