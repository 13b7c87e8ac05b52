//! What the commands report: plain data, as text, Markdown and a page.
//!
//! Each report makes one `Document`; text, Markdown and HTML are three ways to write that
//! down. JSON is the data itself.

mod document;
mod growth;
mod histogram;
mod html;
mod list;
mod markdown;
pub(crate) mod number;
mod plan;
mod plot;
mod run;
mod text;
mod verify;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub use self::{
    growth::Growth,
    histogram::{Balances, Histogram},
    list::List,
    plan::{
        Estimate, LayoutCount, Payer, PlanReport, PlannedFees, PlannedRent, PlannedTime,
        PlannedTransactions, Sampled,
    },
    run::{RunAccounts, RunLamports, RunReport, RunTransactions, Slots},
    verify::{AccountChecks, Changed, ChangedField, LeftOver, PayerLamports, VerifyReport},
};

use {
    self::document::{Cell, Table, text},
    crate::{direction::Direction, journal::Header, transition::Transition},
    serde::{Deserialize, Serialize},
};

/// What a report is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    pub program: String,
    pub program_id: String,
    /// Of the cluster.
    pub genesis_hash: String,
    pub direction: Direction,
    pub from: String,
    pub to: String,
    /// `1/1` for the whole fleet.
    pub shard: String,
}

/// An account and why it is reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub address: String,
    pub reason: String,
}

impl Subject {
    pub fn of(transition: &Transition, header: &Header) -> Self {
        Self {
            program: transition.program_name.clone(),
            program_id: transition.program_id.to_string(),
            genesis_hash: header.genesis_hash.to_string(),
            direction: transition.direction,
            from: transition.from.name.clone(),
            to: transition.to.name.clone(),
            shard: header.shard.to_string(),
        }
    }

    /// What an account is then.
    fn done(&self) -> &'static str {
        match self.direction {
            Direction::Migrate => "migrated",
            Direction::Rollback => "rolled back",
        }
    }

    fn about(&self) -> Vec<(&'static str, Cell)> {
        vec![
            ("program", Cell::Text(self.program.clone())),
            ("program id", Cell::Code(self.program_id.clone())),
            ("genesis hash", Cell::Code(self.genesis_hash.clone())),
            ("shard", Cell::Text(self.shard.clone())),
        ]
    }
}

/// Accounts with their reasons.
fn reasons(list: &List<Reason>) -> Table {
    let row = |Reason { address, reason }: &Reason| {
        vec![Cell::Code(address.clone()), Cell::Text(reason.clone())]
    };
    Table {
        columns: vec![text("account"), text("reason")],
        rows: list.first.iter().map(row).collect(),
        bars: Vec::new(),
    }
}
