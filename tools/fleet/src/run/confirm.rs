//! Follows what was sent until it is final.

use {
    super::{
        Engine, Live, RunError,
        retry::{Failure, Tried},
    },
    crate::{
        cluster::{
            At, Cluster, ClusterError, Commitment, Lookup, MAX_ACCOUNTS_PER_CALL,
            MAX_SIGNATURES_PER_CALL, Status,
        },
        journal::{Attempt, Outcome, State},
        transition::Stage,
    },
    futures::stream::{self, StreamExt, TryStreamExt},
    solana_account::Account,
    solana_pubkey::Pubkey,
    solana_signature::Signature,
    solana_transaction_error::TransactionError,
    std::collections::BTreeMap,
};

/// Slots after which a transaction that did not land is sent again.
const RESEND_AFTER: u64 = 8;
/// An account that is still in the old layout after so many transactions that landed is quarantined. A full
/// batch is split six times at most, and its account tried twice more.
const MOST_IN_VAIN: u32 = 12;

impl<C: Cluster> Engine<'_, C> {
    pub(super) async fn confirm(&mut self) -> Result<(), RunError> {
        let waits = !self.isolated.is_empty() || self.done_in > self.finalized_slot;
        if self.live.is_empty() && !waits {
            return Ok(());
        }
        let finalized = self.client.height(Commitment::Finalized).await?;
        self.finalized_slot = self.finalized_slot.max(finalized.slot);
        self.finalized_height = self.finalized_height.max(finalized.block_height);
        let mut ends = Vec::new();
        for (signature, At { slot, value }) in self.statuses().await? {
            self.slot = self.slot.max(slot);
            if let Some(end) = self.look(signature, slot, value) {
                ends.push((signature, end));
            }
        }
        self.finish(ends).await?;
        self.recheck_isolated().await?;
        self.resend().await
    }

    /// The statuses that may have changed. What may be older than a node remembers is looked up in its
    /// ledger: only then is an unknown transaction one that did not land.
    async fn statuses(&self) -> Result<Vec<(Signature, At<Option<Status>>)>, RunError> {
        let open = self.live.iter().filter(|(_, live)| match live.confirmed {
            Some((slot, _)) => slot <= self.finalized_slot,
            None => true,
        });
        let (mut ledger, mut recent) = (Vec::new(), Vec::new());
        for (signature, live) in open {
            let is_old = live.inherited || self.has_expired(live);
            let asked = if is_old { &mut ledger } else { &mut recent };
            asked.push(*signature);
        }
        let asked = [(Lookup::Ledger, ledger), (Lookup::Recent, recent)];
        let parts = asked.iter().flat_map(|(lookup, signatures)| {
            let parts = signatures.chunks(MAX_SIGNATURES_PER_CALL);
            parts.map(|part| (part, *lookup))
        });
        let calls = parts.map(|(part, lookup)| async move {
            let At { slot, value } = self.client.statuses(part, lookup).await?;
            let one = |(signature, value): (&Signature, _)| (*signature, At { slot, value });
            Ok::<_, ClusterError>(part.iter().zip(value).map(one).collect::<Vec<_>>())
        });
        let read: Vec<Vec<_>> = stream::iter(calls)
            .buffered(self.options.concurrency)
            .try_collect()
            .await?;
        Ok(read.into_iter().flatten().collect())
    }

    /// Whether the transaction can no longer land.
    fn has_expired(&self, live: &Live) -> bool {
        self.finalized_height > live.attempt.last_valid_block_height
    }

    /// Notes what a status says; the end of the transaction if that is what it says.
    fn look(&mut self, signature: Signature, seen_at: u64, status: Option<Status>) -> Option<End> {
        let has_expired = self.has_expired(self.live.get(&signature)?);
        let live = self.live.get_mut(&signature)?;
        let Some(status) = status else {
            live.confirmed = None;
            let is_expired = has_expired && seen_at >= self.finalized_slot;
            return is_expired.then_some(End::Expired);
        };
        match status.commitment {
            None => None,
            Some(Commitment::Confirmed) => {
                live.confirmed = Some((status.slot, status.error.map(|error| error.to_string())));
                None
            }
            Some(Commitment::Finalized) => {
                let limit = live.attempt.compute_unit_limit;
                self.ended.compute_unit_limits.add(limit.into());
                let (first, last) = self.ended.slots.unwrap_or((status.slot, status.slot));
                self.ended.slots = Some((first.min(status.slot), last.max(status.slot)));
                self.finalized_slot = self.finalized_slot.max(status.slot);
                Some(End::Landed {
                    slot: status.slot,
                    error: status.error,
                })
            }
        }
    }

    async fn finish(&mut self, ends: Vec<(Signature, End)>) -> Result<(), RunError> {
        let landed = ends
            .iter()
            .filter(|(_, end)| matches!(end, End::Landed { .. }));
        let addresses: Vec<Pubkey> = landed
            .filter_map(|(signature, _)| self.live.get(signature))
            .flat_map(|live| live.attempt.addresses())
            .collect();
        let accounts = self.read_finalized(&addresses).await?;
        let mut finished = Vec::new();
        let mut now = Vec::new();
        let mut failed = Vec::new();
        for (signature, end) in ends {
            let Some(live) = self.live.remove(&signature) else {
                continue;
            };
            let states = self.states_now(&live, &end, &accounts)?;
            finished.push((
                signature,
                self.outcome(&end),
                self.states_then(&live, &end, &states),
            ));
            self.release_budget(&live.attempt, &end);
            self.release_isolated(&states);
            self.count_quarantined(&states);
            if !live.inherited {
                failed.push((live, end, pending(&states)));
            }
            now.extend(states);
        }
        self.journal.finish_attempts(&finished)?;
        self.journal.set_states(&now)?;
        for (live, end, again) in failed {
            self.take_up_again(&live, end, again).await?;
        }
        Ok(())
    }

    async fn take_up_again(
        &mut self,
        live: &Live,
        end: End,
        again: Vec<Pubkey>,
    ) -> Result<(), RunError> {
        if again.is_empty() {
            return Ok(());
        }
        match end {
            End::Landed {
                slot,
                error: Some(error),
            } => {
                let failure = Failure {
                    slot: Some(slot),
                    error,
                    logs: Vec::new(),
                };
                self.failed(again, failure, Tried::from(&live.attempt))
                    .await
            }
            End::Landed { error: None, .. } | End::Expired => {
                self.retries.push_back(again);
                Ok(())
            }
        }
    }

    pub(super) async fn read_finalized(
        &self,
        addresses: &[Pubkey],
    ) -> Result<BTreeMap<Pubkey, Option<Account>>, RunError> {
        let calls = addresses
            .chunks(MAX_ACCOUNTS_PER_CALL)
            .map(|part| async move {
                let read = self
                    .client
                    .accounts(part, Commitment::Finalized, self.finalized_slot)
                    .await?;
                Ok::<_, ClusterError>(part.iter().copied().zip(read.value).collect::<Vec<_>>())
            });
        let read: Vec<Vec<_>> = stream::iter(calls)
            .buffered(self.options.concurrency)
            .try_collect()
            .await?;
        Ok(read.into_iter().flatten().collect())
    }

    fn outcome(&self, end: &End) -> Outcome {
        match end {
            End::Expired => Outcome::Expired,
            End::Landed { slot, error } => Outcome::Landed {
                slot: *slot,
                error: error
                    .as_ref()
                    .map(|error| self.transition.explain(error, &[])),
            },
        }
    }

    /// What the accounts are, now that their attempt ended.
    fn states_now(
        &mut self,
        live: &Live,
        end: &End,
        accounts: &BTreeMap<Pubkey, Option<Account>>,
    ) -> Result<Vec<(Pubkey, State)>, RunError> {
        let End::Landed { error, .. } = end else {
            return Ok(live.attempt.pending());
        };
        let mut states = Vec::with_capacity(live.attempt.accounts.len());
        for (address, top_up) in &live.attempt.accounts {
            let account = accounts.get(address).cloned().flatten();
            let stage = self.transition.stage(account.as_ref());
            // Who keeps to the plan pays once, whatever the owner made of the account since.
            let is_done = stage == Stage::New || self.options.planned_only;
            let state = match (stage, account) {
                (_, account) if error.is_none() && is_done => State::Migrated {
                    signature: Some(live.attempt.signature),
                    top_up: *top_up,
                    lamports_after: account.map_or(0, |account| account.lamports),
                },
                (Stage::Old, _) => self.landed_in_vain(*address),
                (stage, account) => self.state_of_done(stage, account),
            };
            states.push((*address, state));
        }
        Ok(states)
    }

    fn landed_in_vain(&mut self, address: Pubkey) -> State {
        let times = self.in_vain.entry(address).or_default();
        *times += 1;
        if *times < MOST_IN_VAIN {
            return State::Pending;
        }
        State::Quarantined {
            reason: format!("it is in the old layout after {times} transactions that landed"),
        }
    }

    /// What the attempt itself made of them: what it paid for an account stays paid, even if the account
    /// was closed or rolled back since.
    fn states_then(&self, live: &Live, end: &End, now: &[(Pubkey, State)]) -> Vec<(Pubkey, State)> {
        let End::Landed { error: None, .. } = end else {
            return now.to_vec();
        };
        let accounts = live.attempt.accounts.iter().zip(now);
        let migrated = accounts.map(|((address, top_up), (_, now))| {
            let lamports_after = match now {
                State::Migrated { lamports_after, .. } => *lamports_after,
                _ => 0,
            };
            let state = State::Migrated {
                signature: Some(live.attempt.signature),
                top_up: *top_up,
                lamports_after,
            };
            (*address, state)
        });
        migrated.collect()
    }

    fn release_budget(&mut self, attempt: &Attempt, end: &End) {
        let spent = match end {
            End::Landed { error: None, .. } => attempt.most_lamports(),
            End::Landed { error: Some(_), .. } => attempt.fee,
            End::Expired => 0,
        };
        self.budget.release(attempt.most_lamports(), spent);
    }

    /// Sends what did not land once more, as it is: it can land only once.
    async fn resend(&mut self) -> Result<(), RunError> {
        let overdue = self
            .live
            .values_mut()
            .filter(|live| live.confirmed.is_none() && live.sent_in + RESEND_AFTER <= self.slot)
            .take(self.client.most_sends());
        let mut transactions = Vec::new();
        for live in overdue {
            live.sent_in = self.slot;
            transactions.push((live.attempt.signature, live.attempt.transaction.clone()));
        }
        let client = self.client;
        let sends = transactions
            .iter()
            .map(|(signature, transaction)| async move {
                // Whatever the answer, its status will show what became of it.
                if let Err(error) = client.send(transaction).await {
                    tracing::debug!("{signature} was sent again: {error}");
                }
            });
        stream::iter(sends)
            .buffered(self.options.concurrency)
            .collect::<()>()
            .await;
        Ok(())
    }
}

fn pending(states: &[(Pubkey, State)]) -> Vec<Pubkey> {
    let pending = states.iter().filter(|(_, state)| *state == State::Pending);
    pending.map(|(address, _)| *address).collect()
}

/// The end of a transaction.
enum End {
    Landed {
        slot: u64,
        error: Option<TransactionError>,
    },
    Expired,
}
