//! Checks a fleet on the chain, at finalized slots: nothing is left in the old layout, every account
//! kept its fields, and every lamport is accounted for.

mod accounts;
mod history;
mod ledger;
mod left_over;
mod payer;

#[cfg(test)]
mod tests;

pub use self::{accounts::migrated, payer::audit};

use {
    crate::{
        client::Client,
        cluster::{Cluster, ClusterError, Commitment},
        journal::{Journal, JournalError},
        report::{Subject, VerifyReport},
        transition::Transition,
    },
    std::time::Duration,
    thiserror::Error,
};

/// Between looks at a cluster that has not come far enough.
const SLOT: Duration = Duration::from_millis(400);
/// Looks in vain, about two minutes, before a node counts as behind.
const MOST_LOOKS: u32 = 300;

#[derive(Debug, Error)]
pub enum VerifyError {
    #[error("the cluster does not answer as needed: {0}")]
    Cluster(#[from] ClusterError),
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error("{0} transactions can still land: `fleet resume` follows them to their end")]
    Open(u64),
    #[error(
        "the node answers for finalized slot {found}, and slot {needed} is needed: use a node that keeps up"
    )]
    Behind { found: u64, needed: u64 },
}

/// Verifies the fleet of a journal in which nothing is in flight. Where the ledger has other fees or
/// rents than the journal, the journal is corrected.
pub async fn verify<C: Cluster>(
    client: &Client<C>,
    transition: &Transition,
    journal: &mut Journal,
) -> Result<VerifyReport, VerifyError> {
    nothing_is_open(journal)?;
    // First, since the accounts are checked against the rents that it corrects.
    let mut payer = audit(client, journal).await?;
    let (accounts, quarantined) = accounts::all(client, transition, journal).await?;
    payer.top_up = journal.totals().top_up;
    Ok(VerifyReport {
        subject: Subject::of(transition, journal.header()),
        planned_only: journal.planned_only()?.unwrap_or_default(),
        left_over: left_over::list_twice(client, transition, journal).await?,
        quarantined,
        accounts,
        payer,
    })
}

fn nothing_is_open(journal: &Journal) -> Result<(), VerifyError> {
    match journal.totals().open {
        0 => Ok(()),
        open => Err(VerifyError::Open(open)),
    }
}

/// A finalized slot, once the node has reached `needed`.
async fn finalized<C: Cluster>(client: &Client<C>, needed: u64) -> Result<u64, VerifyError> {
    let mut found = 0;
    for _ in 0..MOST_LOOKS {
        found = client.height(Commitment::Finalized).await?.slot;
        if found >= needed {
            return Ok(found);
        }
        tokio::time::sleep(SLOT).await;
    }
    Err(VerifyError::Behind { found, needed })
}
