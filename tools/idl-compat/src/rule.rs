//! What is known of a kind of change, whatever program it happens in.

use serde::Serialize;

/// How much a change asks of the people who made a client or an account before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Compatible, and worth knowing.
    Notable,
    /// Compatible on a condition that an IDL does not show.
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

/// A rule of compatibility. [`all_rules`](crate::explain::all_rules) has all of them.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Stable; what reports, accept files and catalogue manifests name: `argument-added`.
    pub id: &'static str,
    /// The change in a sentence, as a title.
    pub title: &'static str,
    /// The severity of a finding that nothing more is known of.
    pub severity: Severity,
    /// What a client of the old release sees at run time.
    #[serde(rename = "stale_client")]
    pub old_client: &'static str,
    /// How to make the change compatibly.
    pub instead: &'static str,
}

/// Defines rules, and a list of them in the same order.
macro_rules! rules {
    ($(#[$about:meta])* $list:ident; $($name:ident: $severity:ident, $id:literal, $title:literal,
        old_client: $old_client:literal, instead: $instead:literal;)*) => {
        $(
            pub(crate) static $name: $crate::Rule = $crate::Rule {
                id: $id,
                title: $title,
                severity: $crate::Severity::$severity,
                old_client: $old_client,
                instead: $instead,
            };
        )*

        $(#[$about])*
        pub(crate) static $list: &[&$crate::Rule] = &[$(&$name),*];
    };
}
