//! What `change.toml` says of a folder.

use {
    crate::folders,
    anyhow::{Context, Result},
    idl_compat::{Assumptions, Severity},
    serde::Deserialize,
    serde_json::{Map, Value},
    std::{collections::BTreeMap, fmt, fs},
};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The change in a sentence without a final stop.
    pub change: String,
    /// The rule by which `idl-compat` finds it; none where neither IDLs nor binaries show it.
    pub rule: Option<String>,
    /// What the article says of it.
    pub article: Article,
    /// Where the article is out of date or incomplete, and why.
    pub note: Option<String>,
    /// One, or one for each side of the condition that the change is compatible on.
    #[serde(rename = "case")]
    pub cases: Vec<Case>,
}

/// The verdict of the article that the rules come from.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Article {
    Compatible,
    Conditional,
    Breaking,
    /// It does not say.
    Silent,
}

/// A situation in which the change is made.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What holds here, where there are several cases.
    pub condition: Option<String>,
    /// What an old client meets here.
    pub verdict: Verdict,
    /// Why native execution cannot show it.
    pub loader_only: Option<String>,
    /// The probes that belong here; all where none are named.
    #[serde(default)]
    pub probes: Vec<String>,
    /// What a client of the new release does between the upgrade and the old client.
    #[serde(default)]
    pub prepare: Vec<Call>,
    /// By instruction: accounts that every client sends behind those of the baseline's IDL.
    #[serde(default)]
    pub clients_send: BTreeMap<String, Vec<String>>,
    /// Why `idl-compat` cannot see it in the IDLs.
    pub needs_assumptions: Option<String>,
    /// What `idl-compat` gets beside the IDLs.
    #[serde(default)]
    pub assumptions: Assumptions,
    /// By probe, what the old client meets; what is not named keeps its meaning.
    #[serde(default)]
    pub observed: BTreeMap<String, String>,
}

/// An instruction of the new release.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    pub instruction: String,
    #[serde(default)]
    pub args: Map<String, Value>,
}

/// What a change does to an old client.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Compatible,
    /// Compatible in some cases.
    Conditional,
    Breaking,
}

impl Manifest {
    /// # Errors
    /// When the folder has no `change.toml`, or one that says something else.
    pub fn read(folder: &str) -> Result<Manifest> {
        let path = folders::program(folder).join("change.toml");
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("in {}", path.display()))
    }

    /// The verdict of all cases together.
    pub fn verdict(&self) -> Verdict {
        let breaking = |case: &Case| case.verdict == Verdict::Breaking;
        if self.cases.iter().all(breaking) {
            Verdict::Breaking
        } else if self.cases.iter().any(breaking) {
            Verdict::Conditional
        } else {
            Verdict::Compatible
        }
    }
}

impl From<Option<Severity>> for Verdict {
    fn from(severity: Option<Severity>) -> Self {
        match severity {
            None | Some(Severity::Notable) => Self::Compatible,
            Some(Severity::Conditional) => Self::Conditional,
            Some(Severity::Breaking) => Self::Breaking,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Compatible => "compatible",
            Self::Conditional => "conditional",
            Self::Breaking => "breaking",
        })
    }
}

impl fmt::Display for Article {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Compatible => "compatible",
            Self::Conditional => "conditional",
            Self::Breaking => "breaking",
            Self::Silent => "not mentioned",
        })
    }
}
