//! What a run did.

mod document;

use {
    super::{Growth, Histogram, List, Reason, Subject, html, markdown, text},
    serde::{Deserialize, Serialize},
    std::collections::BTreeMap,
};

/// What a run did, together with the runs before it on the same journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunReport {
    pub subject: Subject,
    /// Whether it migrated no accounts but those of the plan.
    #[serde(default)]
    pub planned_only: bool,
    pub accounts: RunAccounts,
    pub quarantined: List<Reason>,
    pub transactions: RunTransactions,
    pub lamports: RunLamports,
    /// Of the transactions that landed; `None` when none did.
    pub slots: Option<Slots>,
    /// Accounts that are migrated, over slots.
    pub progress: Growth,
    /// Compute-unit limits of the transactions that landed.
    pub compute_unit_limits: Histogram,
    /// Calls to the node by method.
    pub calls: BTreeMap<String, u64>,
    /// Why the run ended before every account was done.
    pub stopped: Option<String>,
}

/// Accounts of the fleet; every planned one is in exactly one of the other counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunAccounts {
    pub planned: u64,
    /// By transactions of the journal.
    pub migrated: u64,
    /// By transactions of others.
    pub by_others: u64,
    /// Closed, or given to another program. Readers of the JSON know it by its first name.
    #[serde(rename = "gone")]
    pub closed: u64,
    pub quarantined: u64,
    pub pending: u64,
}

/// Transactions that were signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunTransactions {
    /// Without an error.
    pub landed: u64,
    /// Landed with an error; they paid their fee.
    pub failed: u64,
    /// Expired without landing. Readers of the JSON know it by its first name.
    #[serde(rename = "dead")]
    pub expired: u64,
    /// Rejected before they were sent on.
    pub not_sent: u64,
}

/// Lamports that the payer spent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunLamports {
    pub fees: u64,
    /// Rent paid to accounts.
    pub top_up: u64,
    /// The limit of both together.
    pub max: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slots {
    pub first: u64,
    pub last: u64,
}

impl RunLamports {
    fn spent(&self) -> u64 {
        self.fees.saturating_add(self.top_up)
    }
}

impl RunReport {
    /// Whether every account is done: none is pending or quarantined.
    pub fn is_complete(&self) -> bool {
        self.stopped.is_none() && self.accounts.pending == 0 && self.accounts.quarantined == 0
    }

    pub fn text(&self) -> String {
        text::render(&self.document())
    }

    pub fn markdown(&self) -> String {
        markdown::render(&self.document())
    }

    pub fn html(&self) -> String {
        html::render(&self.document())
    }
}
