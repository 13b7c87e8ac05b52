//! What became of a probe, as its client sees it, and how that differs from the baseline's.

use {
    anchor_lang::error::ERROR_CODE_OFFSET,
    serde_json::Value,
    std::{collections::BTreeMap, fmt},
};

/// What a client sees after a probe.
#[derive(Debug, Default)]
pub struct Observation {
    pub failure: Option<Failure>,
    /// By name, the fields of each account; `None` when the client cannot decode it.
    pub accounts: BTreeMap<String, Option<Value>>,
    /// By name, the fields of each event that the client knows.
    pub events: BTreeMap<String, Option<Value>>,
}

/// Why a transaction failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The program returned an error. Its name is in the log, which native execution lacks.
    Error { code: u32, name: Option<String> },
    /// The program touched memory that is not its own.
    AccessViolation,
    /// The runtime rejected.
    Other(String),
}

/// How an observation differs from the baseline's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The transaction fails, or fails otherwise. A client takes an error of the program's own for what
    /// has its number in the client's IDL.
    Fails {
        now: Failure,
        before: Option<Failure>,
    },
    /// The transaction passes where it failed.
    Passes { before: Failure },
    /// The client cannot decode these accounts or events.
    Unreadable(Vec<String>),
    /// The client does not see these events.
    Unseen(Vec<String>),
    /// Nothing fails, and these fields have other values.
    SilentlyWrong(Vec<String>),
}

impl Difference {
    /// The worst difference between what the baseline and a changed program let a client see.
    pub fn between(before: &Observation, now: &Observation) -> Option<Difference> {
        match (&before.failure, &now.failure) {
            (before, Some(now)) if before.as_ref() != Some(now) => {
                return Some(Self::Fails {
                    now: now.clone(),
                    before: before.clone(),
                });
            }
            (Some(before), None) => {
                return Some(Self::Passes {
                    before: before.clone(),
                });
            }
            _ => (),
        }

        let mut unseen = Vec::new();
        let mut unreadable = Vec::new();
        let mut wrong = Vec::new();
        for (name, before) in before.accounts.iter().chain(&before.events) {
            match now.accounts.get(name).or_else(|| now.events.get(name)) {
                None => unseen.push(name.clone()),
                Some(None) => unreadable.push(name.clone()),
                Some(now) => differing(name, before.as_ref(), now.as_ref(), &mut wrong),
            }
        }
        [
            (Self::Unreadable as fn(_) -> _, unreadable),
            (Self::Unseen, unseen),
            (Self::SilentlyWrong, wrong),
        ]
        .into_iter()
        .find(|(_, names)| !names.is_empty())
        .map(|(difference, names)| difference(names))
    }

    /// The difference without the names of errors, which native execution does not have.
    pub fn nameless(self) -> Difference {
        match self {
            Self::Fails { now, before } => Self::Fails {
                now: now.nameless(),
                before: before.map(Failure::nameless),
            },
            Self::Passes { before } => Self::Passes {
                before: before.nameless(),
            },
            other => other,
        }
    }
}

/// Adds the paths of the fields that differ.
fn differing(path: &str, before: Option<&Value>, now: Option<&Value>, paths: &mut Vec<String>) {
    match (before, now) {
        (Some(Value::Object(before)), Some(Value::Object(now))) => {
            for (name, before) in before {
                differing(
                    &format!("{path}.{name}"),
                    Some(before),
                    now.get(name),
                    paths,
                );
            }
        }
        _ if before != now => paths.push(path.to_owned()),
        _ => (),
    }
}

impl Failure {
    /// Whether it is one of the errors that the program itself defines.
    fn is_own(&self) -> bool {
        matches!(self, Self::Error { code, .. } if *code >= ERROR_CODE_OFFSET)
    }

    fn nameless(self) -> Failure {
        match self {
            Self::Error { code, .. } => Self::Error { code, name: None },
            other => other,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error { code, name } => {
                write!(f, "error {code}")?;
                name.iter().try_for_each(|name| write!(f, " {name}"))
            }
            Self::AccessViolation => f.write_str("crash: access violation"),
            Self::Other(error) => write!(f, "rejected by the runtime: {error}"),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fails {
                now,
                before: Some(before),
            } if now.is_own() => write!(f, "{now}, where it was {before}"),
            Self::Fails { now, .. } => write!(f, "{now}"),
            Self::Passes { before } => write!(f, "passes, where it was {before}"),
            Self::Unreadable(names) => write!(f, "unreadable: {}", names.join(", ")),
            Self::Unseen(names) => write!(f, "unseen: {}", names.join(", ")),
            Self::SilentlyWrong(paths) => write!(f, "silently wrong: {}", paths.join(", ")),
        }
    }
}
