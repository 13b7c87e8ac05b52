//! What a comparison of two releases found.

use {
    crate::rule::{Rule, Severity},
    serde::Serialize,
    std::ops::Range,
};

/// One change between two releases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub rule: &'static Rule,
    /// The rule's, unless assumptions about the deployed program decided a condition.
    pub severity: Severity,
    /// What changed, as a path that stays the same from run to run: `deposit.args.memo`, `Vault.value`.
    /// An accept file names a finding by its rule and its subject.
    pub subject: String,
    /// What happened to the subject, in one sentence.
    pub message: String,
    /// When the change is compatible, for a conditional finding.
    pub condition: Option<String>,
    /// The old and the new declaration as Rust-like source; absent on the side that has none.
    pub old: Option<Excerpt>,
    pub new: Option<Excerpt>,
    /// Where a report points to.
    pub place: Place,
}

/// A declaration, written as a Rust programmer would.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Excerpt {
    /// One line or several: `deposit(amount: u64, memo: Option<String>)`.
    pub source: String,
    /// The bytes of `source` that changed.
    pub changed: Range<usize>,
}

/// An element of one of the two IDLs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    pub side: Side,
    /// RFC 6901: `/instructions/3/args/1`.
    pub pointer: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    Old,
    New,
}

/// All findings for one pair of releases, the worst first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    pub findings: Vec<Finding>,
}

impl Report {
    /// Sorts findings: the worst first, then by subject and rule.
    pub fn new(mut findings: Vec<Finding>) -> Self {
        findings.sort_by(|a, b| {
            let severity = b.severity.cmp(&a.severity);
            severity.then_with(|| (&a.subject, a.rule.id).cmp(&(&b.subject, b.rule.id)))
        });
        Self { findings }
    }

    /// The worst severity found; `None` if there is nothing to say.
    pub fn severity(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }
}
