//! Findings that a team has looked at and accepts, each with its reason.

use {
    crate::Finding,
    serde::{Deserialize, Serialize},
    std::collections::HashSet,
    thiserror::Error,
};

/// What an accept file says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acceptances {
    #[serde(default)]
    accept: Vec<Acceptance>,
}

/// One accepted finding, named by its rule and its subject.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    pub rule: String,
    pub subject: String,
    pub reason: String,
}

/// Why an accept file is rejected.
#[derive(Debug, Error)]
pub enum AcceptError {
    #[error("it is not an accept file: {0}")]
    Format(#[from] toml::de::Error),
    #[error("`{0}` is no rule: `idl-compat rules` lists them")]
    UnknownRule(String),
    #[error("the reason to accept `{rule}` of `{subject}` is empty: write why it is harmless")]
    NoReason { rule: String, subject: String },
    #[error("`{rule}` of `{subject}` is accepted twice: remove one of the entries")]
    Twice { rule: String, subject: String },
}

/// A finding, and why it was accepted if it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Judged {
    #[serde(flatten)]
    pub finding: Finding,
    pub accepted: Option<String>,
}

impl Acceptances {
    /// Reads an accept file; `is_rule` knows the ids of rules.
    pub fn read(text: &str, is_rule: impl Fn(&str) -> bool) -> Result<Self, AcceptError> {
        let acceptances: Self = toml::from_str(text)?;
        let mut seen = HashSet::new();
        for entry in &acceptances.accept {
            let Acceptance {
                rule,
                subject,
                reason,
            } = entry;
            if !is_rule(rule) {
                return Err(AcceptError::UnknownRule(rule.clone()));
            }
            let (rule, subject) = (rule.clone(), subject.clone());
            if reason.trim().is_empty() {
                return Err(AcceptError::NoReason { rule, subject });
            }
            if !seen.insert((&entry.rule, &entry.subject)) {
                return Err(AcceptError::Twice { rule, subject });
            }
        }
        Ok(acceptances)
    }

    /// Marks the findings that are accepted.
    pub fn judge(&self, findings: Vec<Finding>) -> Vec<Judged> {
        let judge = |finding| {
            let entry = self.accept.iter().find(|entry| entry.names(&finding));
            Judged {
                accepted: entry.map(|entry| entry.reason.clone()),
                finding,
            }
        };
        findings.into_iter().map(judge).collect()
    }

    /// Entries that name none of these findings.
    pub fn stale<'a>(&self, findings: impl IntoIterator<Item = &'a Finding>) -> Vec<Acceptance> {
        let mut stale = self.accept.clone();
        for finding in findings {
            stale.retain(|entry| !entry.names(finding));
        }
        stale
    }
}

impl Acceptance {
    fn names(&self, finding: &Finding) -> bool {
        self.rule == finding.rule.id && self.subject == finding.subject
    }
}

#[cfg(test)]
mod tests {
    use {super::*, crate::report::samples};

    const MEMO: &str = "[[accept]]\nrule = \"argument-added\"\nsubject = \"deposit.args.memo\"\n";

    fn read(text: &str) -> Result<Acceptances, AcceptError> {
        Acceptances::read(text, |rule| rule == "argument-added")
    }

    #[test]
    fn an_entry_accepts_the_finding_of_its_rule_and_subject() {
        let acceptances = read(&format!("{MEMO}reason = \"no client yet\"\n")).unwrap();
        let judged = acceptances.judge(samples::findings());
        let accepted = judged
            .iter()
            .filter_map(|judged| judged.accepted.as_deref());
        assert_eq!(accepted.collect::<Vec<_>>(), ["no client yet"]);
        assert_eq!(acceptances.stale(&samples::findings()), []);
    }

    #[test]
    fn an_entry_that_names_no_finding_is_stale() {
        let text = format!("{MEMO}reason = \"r\"\n").replace("memo", "note");
        let stale = read(&text).unwrap().stale(&samples::findings());
        assert_eq!(stale[0].subject, "deposit.args.note");
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said() {
        let whole = format!("{MEMO}reason = \"r\"\n");
        for (text, expected) in [
            (MEMO.to_owned(), "missing field `reason`"),
            (
                format!("{MEMO}reason = \" \\n\"\n"),
                "the reason to accept `argument-added` of `deposit.args.memo` is empty: \
                 write why it is harmless",
            ),
            (format!("{whole}until = 1\n"), "unknown field `until`"),
            (whole.replace("[accept", "[except"), "TOML"),
            (
                whole.replace("-added", "-moved"),
                "`argument-moved` is no rule: `idl-compat rules` lists them",
            ),
            (
                format!("{whole}{whole}"),
                "`argument-added` of `deposit.args.memo` is accepted twice: remove one of the entries",
            ),
        ] {
            let error = read(&text).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}\n{expected}");
        }
    }
}
