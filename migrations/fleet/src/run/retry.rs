//! What follows from a transaction that failed or would fail.

use {
    super::{
        Engine, RunError, StopReason,
        compute_limits::{Kind, MAX_COMPUTE_UNITS},
        refill::Ready,
    },
    crate::{
        cluster::{At, Cluster, Commitment},
        deployment::Deployment,
        journal::{Attempt, State},
        rent::Rent,
        transition::Stage,
    },
    solana_instruction::error::InstructionError,
    solana_pubkey::Pubkey,
    solana_transaction_error::TransactionError,
};

/// After as many rejections for a blockhash that the node itself gave, another node is needed.
const MOST_NODE_BEHIND: u32 = 50;

/// An account that failed alone is quarantined after so many attempts, even if nobody says in which slot it
/// failed.
const MOST_REFUSALS: u32 = 50;

/// A failed transaction or simulation.
pub struct Failure {
    /// The slot in which it failed; a node that refuses to send does not say.
    pub slot: Option<u64>,
    pub error: TransactionError,
    pub logs: Vec<String>,
}

/// What a failed transaction was.
#[derive(Clone, Copy)]
pub struct Tried {
    pub kind: Kind,
    pub compute_unit_limit: u32,
    /// The most lamports that it could have cost.
    pub most_lamports: u64,
}

impl From<&Attempt> for Tried {
    fn from(attempt: &Attempt) -> Self {
        Self {
            kind: Kind {
                accounts: attempt.accounts.len(),
                tops_up: attempt.max_top_up > 0,
            },
            compute_unit_limit: attempt.compute_unit_limit,
            most_lamports: attempt.most_lamports(),
        }
    }
}

/// An account that failed alone. The failure may have been of the account as a node behind the others
/// saw it: it is judged when what was true then is final.
#[derive(Clone, Copy)]
pub struct Suspect {
    /// The slot around which it failed.
    slot: u64,
    /// Whether it was read again since, and was in the old layout still.
    confirmed: bool,
}

enum Remedy {
    Again,
    Split,
    Stop(StopReason),
}

impl<C: Cluster> Engine<'_, C> {
    /// Tries the accounts again, in smaller parts when one of them must be at fault, and suspects the one
    /// that is left.
    pub(super) async fn failed(
        &mut self,
        accounts: Vec<Pubkey>,
        failure: Failure,
        tried: Tried,
    ) -> Result<(), RunError> {
        match self.remedy(&accounts, &failure, tried).await? {
            Remedy::Again => self.retries.push_back(accounts),
            Remedy::Stop(reason) => {
                self.stop(reason);
                self.retries.push_back(accounts);
            }
            Remedy::Split => match accounts[..] {
                [address] => self.suspect(address, failure).await?,
                _ => {
                    let (first, second) = accounts.split_at(accounts.len() / 2);
                    self.retries.push_front(second.to_vec());
                    self.retries.push_front(first.to_vec());
                }
            },
        }
        Ok(())
    }

    async fn suspect(&mut self, address: Pubkey, failure: Failure) -> Result<(), RunError> {
        if !self.is_confirmed(&address) {
            let slot = self.client.progress(Commitment::Confirmed).await?.slot;
            let suspect = Suspect {
                slot: slot.max(self.slot),
                confirmed: false,
            };
            self.suspects.insert(address, suspect);
            return Ok(());
        }
        // The program may have been another one for the node that refused: a simulation will say when.
        if failure.slot.is_none() && self.journal.attempts_of(&address)? < MOST_REFUSALS {
            self.retries.push_back(vec![address]);
            return Ok(());
        }
        self.suspects.remove(&address);
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
        let settled = [(address, State::Quarantined { reason })];
        self.count_quarantined(&settled);
        Ok(self.journal.set_states(&settled)?)
    }

    /// No answer that is older says why it failed.
    fn since(&self, failure: &Failure) -> u64 {
        self.finalized_slot.max(failure.slot.unwrap_or(0))
    }

    fn is_confirmed(&self, address: &Pubkey) -> bool {
        self.suspects.get(address).is_some_and(|it| it.confirmed)
    }

    /// Whether the next failure of this batch quarantines its account.
    pub(super) fn is_under_suspicion(&self, batch: &[Ready]) -> bool {
        matches!(batch, [(address, _)] if self.is_confirmed(address))
    }

    /// Accounts that are settled are no suspects any more.
    pub(super) fn acquit(&mut self, states: &[(Pubkey, State)]) {
        for (address, state) in states {
            if *state != State::Pending {
                self.suspects.remove(address);
            }
        }
    }

    /// Reads the suspects whose slot is final; those in the old layout get another try.
    pub(super) async fn judge_suspects(&mut self) -> Result<(), RunError> {
        let due = |(address, suspect): (&Pubkey, &Suspect)| {
            (!suspect.confirmed && suspect.slot <= self.finalized_slot).then_some(*address)
        };
        let due: Vec<Pubkey> = self.suspects.iter().filter_map(due).collect();
        for (address, account) in self.read_finalized(&due).await? {
            let stage = self.transition.stage(account.as_ref());
            if stage == Stage::Old {
                self.suspects
                    .entry(address)
                    .and_modify(|it| it.confirmed = true);
                self.retries.push_back(vec![address]);
                continue;
            }
            self.suspects.remove(&address);
            let settled = [(address, self.settled_state(stage, account))];
            self.count_quarantined(&settled);
            self.journal.set_states(&settled)?;
        }
        Ok(())
    }

    async fn remedy(
        &mut self,
        accounts: &[Pubkey],
        failure: &Failure,
        tried: Tried,
    ) -> Result<Remedy, RunError> {
        if failure.error == TransactionError::BlockhashNotFound {
            // Those that were sent together fail together: they count once.
            self.node_behind += u32::from(self.blockhash.take().is_some());
            return Ok(if self.node_behind < MOST_NODE_BEHIND {
                Remedy::Again
            } else {
                Remedy::Stop(StopReason::NodeBehind)
            });
        }
        if ran_out_of_compute_units(&failure.error) && tried.compute_unit_limit < MAX_COMPUTE_UNITS
        {
            self.compute_limits.forget(tried.kind);
            return Ok(Remedy::Again);
        }
        let balance = self.payer_balance(self.since(failure)).await?;
        let needed = tried.most_lamports.saturating_add(self.rent.minimum(0));
        if balance < needed {
            return Ok(if self.live.is_empty() {
                Remedy::Stop(StopReason::Payer { balance, needed })
            } else {
                Remedy::Again
            });
        }
        let rent = Rent::of(self.client).await?;
        if rent != self.rent {
            tracing::info!("rent is {} lamports per byte now", rent.lamports_per_byte);
            self.rent = rent;
            return Ok(Remedy::Again);
        }
        self.split_unless_deployed_anew(accounts, failure).await
    }

    /// The slot of a deployment that is not the one that was planned with: a later one, or the one before
    /// where a fork undid it. A node that is behind the plan does not tell.
    pub(super) async fn deployed_anew(&self) -> Result<At<Option<u64>>, RunError> {
        let program_id = &self.transition.program_id;
        let deployment = Deployment::of(self.client, program_id, Commitment::Confirmed).await?;
        let planned_with = self.journal.header().program_deploy_slot;
        let found = deployment.value.map(|deployment| deployment.slot);
        let is_other = |slot: &u64| *slot != planned_with && deployment.slot >= planned_with;
        Ok(At {
            slot: deployment.slot,
            value: found.filter(is_other),
        })
    }

    /// An account is at fault only while the program is the one that was planned with.
    async fn split_unless_deployed_anew(
        &self,
        accounts: &[Pubkey],
        failure: &Failure,
    ) -> Result<Remedy, RunError> {
        let deployment = self.deployed_anew().await?;
        if let Some(slot) = deployment.value {
            return Ok(Remedy::Stop(StopReason::ProgramUpgraded(slot)));
        }
        let suspects = accounts
            .iter()
            .filter_map(|address| self.suspects.get(address));
        let failed_in = suspects.map(|suspect| suspect.slot).chain(failure.slot);
        Ok(if deployment.slot < failed_in.max().unwrap_or(0) {
            Remedy::Again
        } else {
            Remedy::Split
        })
    }
}

fn ran_out_of_compute_units(error: &TransactionError) -> bool {
    matches!(
        error,
        TransactionError::InstructionError(
            _,
            InstructionError::ComputationalBudgetExceeded
                | InstructionError::ProgramFailedToComplete
        )
    )
}
