//! What is known of a kind of change, whatever program it happens in.

use serde::Serialize;

/// How much a change asks of the people who made a client or an account before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Compatible, and worth knowing.
    Notable,
    /// Compatible on a condition that an IDL does not tell.
    Conditional,
    /// A client or an account of the old release no longer works, or is silently misread.
    Breaking,
}

impl Severity {
    /// In lower case, as reports write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Notable => "notable",
            Self::Conditional => "conditional",
            Self::Breaking => "breaking",
        }
    }
}

/// A rule of compatibility. [`RULES`](crate::RULES) has all of them.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Stable; what reports, accept files and catalogue manifests name: `argument-added`.
    pub id: &'static str,
    /// The change in a sentence, as a title.
    pub title: &'static str,
    /// The severity of a finding that nothing more is known of.
    pub severity: Severity,
    /// What a client of the old release sees at run time.
    pub stale_client: &'static str,
    /// How to make the change compatibly.
    pub instead: &'static str,
}
