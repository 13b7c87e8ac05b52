//! What a plan found.

mod document;

use {
    super::{Balances, Histogram, Subject, html, markdown, text},
    serde::{Deserialize, Serialize},
};

/// What a plan found, and what the run will take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanReport {
    pub subject: Subject,
    /// The slot that the plan was made at; every account was read there or later.
    pub slot: u64,
    /// Accounts in the layout that the transition starts from: the fleet.
    pub from: LayoutCount,
    /// Accounts in the layout that it ends with.
    pub to: LayoutCount,
    /// Bytes of the fleet's accounts.
    pub sizes: Histogram,
    /// Lamports of the fleet's accounts, around what they must have afterwards.
    pub balances: Balances,
    pub rent: PlannedRent,
    pub payer: Payer,
    /// `None` when there is nothing to do, or no transaction could be made.
    pub estimate: Option<Estimate>,
    /// Transactions that were simulated.
    pub sample: Vec<Sampled>,
    /// What must be mended before a run, each with how.
    pub problems: Vec<String>,
    /// Whether only a new plan solves them: then there is no journal.
    pub needs_new_plan: bool,
    /// The bytes of both layouts as SVG, for the page alone.
    #[serde(skip)]
    pub layout_diagram: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayoutCount {
    pub accounts: u64,
    /// Of account data.
    pub bytes: u64,
}

/// What the rent of the new layout asks of the fleet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedRent {
    pub lamports_per_byte: u64,
    /// Bytes of an account afterwards.
    pub data_len: u64,
    /// Accounts that lack lamports.
    pub short: u64,
    /// Lamports that they lack.
    pub top_up: u64,
    /// Lamports that the others have above their minimum; they stay where they are.
    pub surplus: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payer {
    pub address: String,
    /// What it has.
    pub lamports: u64,
    /// What the run may take, with the rent-exempt minimum of the payer itself.
    pub needed: u64,
}

/// What the run will take, by the sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    pub transactions: PlannedTransactions,
    pub fees: PlannedFees,
    pub time: PlannedTime,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedTransactions {
    pub count: u64,
    /// Accounts that a full one takes.
    pub accounts: u64,
    /// Bytes of the largest one.
    pub bytes: u64,
    pub signatures: u64,
    /// Of the dearest one, with the margin of a run.
    pub compute_unit_limit: u32,
}

/// Lamports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedFees {
    pub micro_lamports_per_compute_unit: u64,
    /// Of all signatures.
    pub base: u64,
    /// Of all compute units.
    pub priority: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedTime {
    pub transactions_per_second: u64,
    /// Until the last transaction is sent.
    pub seconds: u64,
    /// Until the last transaction is final.
    pub slots: u64,
}

/// A transaction that was simulated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sampled {
    pub accounts: u64,
    pub bytes: u64,
    pub compute_units: u64,
    /// Lamports of rent that it pays.
    pub top_up: u64,
    /// Why it would fail, or not do what the manifest says.
    pub failure: Option<String>,
}

impl PlanReport {
    /// Whether a run may begin.
    pub fn is_ready(&self) -> bool {
        self.problems.is_empty()
    }

    /// The most lamports that the run is expected to cost.
    pub fn cost(&self) -> u64 {
        let fees = self.estimate.map_or(0, |estimate| {
            estimate.fees.base.saturating_add(estimate.fees.priority)
        });
        fees.saturating_add(self.rent.top_up)
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
