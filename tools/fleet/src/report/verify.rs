//! What a verification found.

mod document;

use {
    super::{List, Reason, Subject, html, markdown, text},
    serde::{Deserialize, Serialize},
};

/// What a verification found. Everything is as it was at finalized slots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifyReport {
    pub subject: Subject,
    /// Whether the runs migrated no accounts but those of the plan.
    #[serde(default)]
    pub planned_only: bool,
    /// The listings of accounts in the old layout, in their order.
    pub left_over: Vec<LeftOver>,
    /// The journal's quarantined accounts that still have the old layout.
    pub quarantined: List<Reason>,
    pub accounts: AccountChecks,
    /// Lamports of the payer.
    pub payer: PayerLamports,
}

/// A listing of the accounts that have the old layout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOver {
    pub slot: u64,
    /// Addresses that are to be migrated still and are not quarantined.
    pub accounts: List<String>,
    /// Addresses that a planned-only fleet leaves to their owners: they were made after the plan, or anew.
    #[serde(default)]
    pub others: List<String>,
}

/// The migrated accounts of the journal, each against its snapshot; every one is in exactly one count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountChecks {
    /// Accounts that were read.
    pub checked: u64,
    /// Equal to the snapshot in every field, and to the lamport.
    pub equal: u64,
    /// Differ, and a finalized transaction of someone else says why.
    pub changed: List<Changed>,
    /// Differ, and nothing explains it.
    pub failed: List<Reason>,
}

/// An account that its users changed since the snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    pub address: String,
    /// Of the newest transaction that named it.
    pub signature: String,
    /// Empty when the account was closed, or only its lamports differ.
    pub fields: Vec<ChangedField>,
    /// Lamports above what the migration left; negative below.
    pub lamports: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedField {
    pub field: String,
    pub old: String,
    pub new: String,
}

/// What the payer had, paid and has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayerLamports {
    pub address: String,
    /// Before the first transaction; `None` when none was sent.
    pub before: Option<u64>,
    pub now: u64,
    pub fees: u64,
    pub top_up: u64,
    /// Of the rent, what the authority paid: as far as the ledger was read.
    pub by_authority: i64,
    /// Transactions that were read from the ledger because the sums did not fit at first.
    pub audited: u64,
    /// Of those: transactions that the journal had wrong; it is mended.
    pub corrected: u64,
    /// Of those: transactions that the node no longer has, so that the journal stands unproven.
    pub unknown: u64,
}

impl PayerLamports {
    /// Lamports that transactions other than the journal's brought; negative when they took some.
    pub fn by_others(&self) -> i128 {
        let before = i128::from(self.before.unwrap_or(self.now));
        let rent = i128::from(self.top_up) - i128::from(self.by_authority);
        i128::from(self.now) - (before - i128::from(self.fees) - rent)
    }

    /// Whether every lamport that the journal spent is proven, by the sums or by the ledger.
    pub fn reconciled(&self) -> bool {
        self.by_others() == 0 || self.unknown == 0
    }
}

impl VerifyReport {
    /// Whether the fleet is where it shall be.
    pub fn has_passed(&self) -> bool {
        !self.left_over.is_empty()
            && self
                .left_over
                .iter()
                .all(|listing| listing.accounts.is_empty())
            && self.quarantined.is_empty()
            && self.accounts.failed.is_empty()
            && self.payer.reconciled()
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
