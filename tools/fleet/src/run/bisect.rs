//! Finds the account that makes a transaction fail.
//!
//! A failed transaction is cut in halves until one account is left. It may have failed as a node behind the
//! others saw it, so it is tried once more when what was true then is final, and quarantined if it fails again.

use {
    super::{Engine, RunError, refill::Ready, retry::Failure},
    crate::{
        cluster::{Cluster, Commitment},
        journal::State,
        transition::Stage,
    },
    solana_pubkey::Pubkey,
};

/// An account that failed alone is quarantined after so many attempts, even if nobody says in which slot it
/// failed.
const MOST_REJECTIONS: u32 = 50;

/// An account that failed alone.
#[derive(Clone, Copy)]
pub struct Isolated {
    /// The slot around which it failed.
    slot: u64,
    /// Whether it was read again since, and was in the old layout still.
    confirmed: bool,
}

impl<C: Cluster> Engine<'_, C> {
    /// Tries each half of the accounts; one alone is isolated.
    pub(super) async fn bisect(
        &mut self,
        accounts: &[Pubkey],
        failure: Failure,
    ) -> Result<(), RunError> {
        if let [address] = *accounts {
            return self.isolate(address, failure).await;
        }
        let (first, second) = accounts.split_at(accounts.len() / 2);
        self.retries.push_front(second.to_vec());
        self.retries.push_front(first.to_vec());
        Ok(())
    }

    async fn isolate(&mut self, address: Pubkey, failure: Failure) -> Result<(), RunError> {
        if !self.is_confirmed(&address) {
            let slot = self.client.height(Commitment::Confirmed).await?.slot;
            let isolated = Isolated {
                slot: slot.max(self.slot),
                confirmed: false,
            };
            self.isolated.insert(address, isolated);
            return Ok(());
        }
        // The program may have been another one for the node that did not send it: a simulation will say when.
        if failure.slot.is_none() && self.journal.attempts_of(&address)? < MOST_REJECTIONS {
            self.retries.push_back(vec![address]);
            return Ok(());
        }
        self.isolated.remove(&address);
        // Its owner may have migrated or closed it since it was read.
        let read = self
            .client
            .accounts(&[address], Commitment::Confirmed, self.since(&failure))
            .await?;
        let account = read.value.into_iter().flatten().next();
        if self.transition.stage(account.as_ref()) != Stage::Old {
            self.retries.push_back(vec![address]);
            return Ok(());
        }
        let reason = self.transition.explain(&failure.error, &failure.logs);
        tracing::warn!("{address} is quarantined: {reason}");
        let done = [(address, State::Quarantined { reason })];
        self.count_quarantined(&done);
        Ok(self.journal.set_states(&done)?)
    }

    fn is_confirmed(&self, address: &Pubkey) -> bool {
        self.isolated.get(address).is_some_and(|it| it.confirmed)
    }

    /// Whether the next failure of this batch quarantines its account.
    pub(super) fn is_last_try(&self, batch: &[Ready]) -> bool {
        matches!(batch, [(address, _)] if self.is_confirmed(address))
    }

    /// The slots in which those of these accounts that are isolated failed.
    pub(super) fn isolated_slots(&self, accounts: &[Pubkey]) -> impl Iterator<Item = u64> {
        let isolated = accounts.iter().filter_map(|it| self.isolated.get(it));
        isolated.map(|isolated| isolated.slot)
    }

    /// Accounts that are done are isolated no longer.
    pub(super) fn release_isolated(&mut self, states: &[(Pubkey, State)]) {
        for (address, state) in states {
            if *state != State::Pending {
                self.isolated.remove(address);
            }
        }
    }

    /// Reads the isolated accounts whose slot is final; those in the old layout get another try.
    pub(super) async fn recheck_isolated(&mut self) -> Result<(), RunError> {
        let due = |(address, isolated): (&Pubkey, &Isolated)| {
            (!isolated.confirmed && isolated.slot <= self.finalized_slot).then_some(*address)
        };
        let due: Vec<Pubkey> = self.isolated.iter().filter_map(due).collect();
        for (address, account) in self.read_finalized(&due).await? {
            let stage = self.transition.stage(account.as_ref());
            if stage == Stage::Old {
                self.isolated
                    .entry(address)
                    .and_modify(|it| it.confirmed = true);
                self.retries.push_back(vec![address]);
                continue;
            }
            self.isolated.remove(&address);
            let done = [(address, self.state_of_done(stage, account))];
            self.count_quarantined(&done);
            self.journal.set_states(&done)?;
        }
        Ok(())
    }
}
