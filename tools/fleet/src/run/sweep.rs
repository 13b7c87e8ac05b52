//! Looks on the chain for what the journal does not say is left.

use {
    super::{Engine, RunError, StopReason, refill::Ready},
    crate::{
        cluster::{Cluster, Commitment, MAX_ACCOUNTS_PER_CALL},
        discover::Listing,
        journal::State,
        planned_only::Split,
        transition::Stage,
    },
    solana_pubkey::Pubkey,
};

/// Sweeps that find something more before a run gives up: old clients then make accounts faster than
/// they are migrated.
const MOST_SWEEPS: u32 = 20;

impl<C: Cluster> Engine<'_, C> {
    /// Whether accounts in the old layout were found that are to be migrated.
    pub(super) async fn sweep(&mut self) -> Result<bool, RunError> {
        let found = if self.options.planned_only {
            self.sweep_the_plan().await?
        } else {
            self.sweep_the_chain().await?
        };
        if found == 0 {
            return Ok(false);
        }
        self.sweeps += 1;
        if self.sweeps > MOST_SWEEPS {
            self.stop(StopReason::StillGrowing);
        }
        Ok(true)
    }

    async fn sweep_the_chain(&mut self) -> Result<usize, RunError> {
        let mut listing = Listing::new(
            self.client,
            self.transition.program_id,
            self.transition.from.discriminator.clone(),
            self.transition.size,
            self.transition.from.address_offset,
            Commitment::Finalized,
        );
        let shard = self.journal.header().shard;
        let mut found = 0;
        while let Some(mut part) = listing.next().await? {
            part.value.retain(|(address, _)| shard.has(address));
            let addresses: Vec<Pubkey> = part.value.iter().map(|(address, _)| *address).collect();
            found += self.journal.add_planned(&[part])?.len();
            for part in addresses.chunks(MAX_ACCOUNTS_PER_CALL) {
                found += self.reopen(part).await?;
            }
        }
        Ok(found)
    }

    /// What others did to an account was seen before it was final: a fork may have undone it.
    async fn sweep_the_plan(&mut self) -> Result<usize, RunError> {
        let (mut cursor, mut found) = (0, 0);
        loop {
            let (part, next) = self.journal.done_by_others(cursor, MAX_ACCOUNTS_PER_CALL)?;
            if part.is_empty() {
                return Ok(found);
            }
            cursor = next;
            found += self.reopen(&part).await?;
        }
    }

    /// Accounts that were done and are in the old layout again: someone rolled them back.
    async fn reopen(&mut self, addresses: &[Pubkey]) -> Result<usize, RunError> {
        let states = self.journal.states(addresses)?;
        let done = addresses.iter().zip(states).filter(|(_, state)| {
            matches!(state, Some(State::Migrated { .. } | State::Closed { .. }))
        });
        let done: Vec<Pubkey> = done.map(|(address, _)| *address).collect();
        if done.is_empty() {
            return Ok(0);
        }
        // The listing may be older than what the journal knows.
        let read = self
            .client
            .accounts(&done, Commitment::Finalized, self.finalized_slot)
            .await?;
        let old = done.into_iter().zip(read.value);
        let old = old.filter(|(_, account)| self.transition.stage(account.as_ref()) == Stage::Old);
        let old = old.filter_map(|(address, account)| Some((address, account?)));
        let due = self.split(old.collect())?.due;
        let again: Vec<_> = due
            .into_iter()
            .map(|(address, _)| (address, State::Pending))
            .collect();
        self.journal.set_states(&again)?;
        Ok(again.len())
    }

    /// All of them are due unless the run keeps to the plan.
    pub(super) fn split(&self, old: Vec<Ready>) -> Result<Split, RunError> {
        if self.options.planned_only {
            Ok(Split::of(self.journal, self.transition, self.rent, old)?)
        } else {
            Ok(Split::all_due(old))
        }
    }
}
