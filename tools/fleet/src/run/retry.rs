//! What follows from a transaction that failed or would fail.

use {
    super::{
        Engine, RunError, StopReason,
        compute_limits::{Kind, MAX_COMPUTE_UNITS},
    },
    crate::{
        cluster::{At, Cluster, Commitment},
        deployment::Deployment,
        journal::Attempt,
        rent::Rent,
    },
    solana_instruction::error::InstructionError,
    solana_pubkey::Pubkey,
    solana_transaction_error::TransactionError,
};

/// After as many rejections for a blockhash that the node itself gave, another node is needed.
const MOST_NODE_BEHIND: u32 = 50;

/// A failed transaction or simulation.
pub struct Failure {
    /// The slot in which it failed; a node that does not send it does not say.
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

enum Remedy {
    Again,
    Bisect,
    Stop(StopReason),
}

impl<C: Cluster> Engine<'_, C> {
    /// Tries the accounts again, in halves when one of them must be at fault.
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
            Remedy::Bisect => self.bisect(&accounts, failure).await?,
        }
        Ok(())
    }

    /// No answer that is older says why it failed.
    pub(super) fn since(&self, failure: &Failure) -> u64 {
        self.finalized_slot.max(failure.slot.unwrap_or(0))
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
        self.bisect_unless_deployed_anew(accounts, failure).await
    }

    /// The slot of a deployment that is not the one that was planned with: a later one, or the one before
    /// where a fork undid it. A node that is behind the plan does not know.
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
    async fn bisect_unless_deployed_anew(
        &self,
        accounts: &[Pubkey],
        failure: &Failure,
    ) -> Result<Remedy, RunError> {
        let deployment = self.deployed_anew().await?;
        if let Some(slot) = deployment.value {
            return Ok(Remedy::Stop(StopReason::ProgramUpgraded(slot)));
        }
        let failed_in = self.isolated_slots(accounts).chain(failure.slot);
        Ok(if deployment.slot < failed_in.max().unwrap_or(0) {
            Remedy::Again
        } else {
            Remedy::Bisect
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
