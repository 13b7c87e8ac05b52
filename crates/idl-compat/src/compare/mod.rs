//! Comparing the IDLs of two releases.

mod accounts;
mod align;
mod constants;
mod diff;
mod discriminators;
mod errors;
mod events;
mod excerpt;
mod instruction_accounts;
mod instructions;
mod program;
#[cfg(test)]
mod tests;
mod types;
mod wire;

use {
    self::{excerpt::excerpt, wire::Wires},
    crate::{
        facts::Facts,
        finding::{Finding, Place, Report, Side},
        rule::{Rule, Severity},
        types::Types,
    },
    anchor_lang_idl_spec::Idl,
    std::cmp::Reverse,
};

/// All changes from `old`, the deployed release, to `new`.
#[must_use]
pub fn compare(old: &Idl, new: &Idl, facts: &Facts) -> Report {
    let (old_types, new_types) = (Types::new(old), Types::new(new));
    let mut comparison = Comparison {
        old,
        new,
        facts,
        wires: Wires::new(&old_types, &new_types),
        findings: Vec::new(),
    };
    program::compare(&mut comparison);
    instructions::compare(&mut comparison);
    accounts::compare(&mut comparison);
    events::compare(&mut comparison);
    errors::compare(&mut comparison);
    constants::compare(&mut comparison);
    let mut findings = comparison.findings;
    findings.sort_by(|a, b| {
        let key = |it: &Finding| (Reverse(it.severity), it.rule.id);
        (Reverse(a.severity), &a.subject, key(a)).cmp(&(Reverse(b.severity), &b.subject, key(b)))
    });
    Report { findings }
}

/// A comparison under way.
struct Comparison<'t, 'a> {
    old: &'a Idl,
    new: &'a Idl,
    facts: &'a Facts,
    wires: Wires<'t, 'a>,
    findings: Vec<Finding>,
}

/// A finding whose places are not looked up yet.
struct Draft {
    rule: &'static Rule,
    severity: Severity,
    subject: String,
    message: String,
    condition: Option<String>,
    /// JSON pointers.
    old: Option<String>,
    new: Option<String>,
}

impl Draft {
    /// A finding as severe as its rule.
    fn new(rule: &'static Rule, subject: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            subject: subject.into(),
            message: message.into(),
            condition: None,
            old: None,
            new: None,
        }
    }

    fn at_old(mut self, pointer: impl Into<String>) -> Self {
        self.old = Some(pointer.into());
        self
    }

    fn at_new(mut self, pointer: impl Into<String>) -> Self {
        self.new = Some(pointer.into());
        self
    }

    fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// What must hold, and whether it is known to.
    fn condition(mut self, known: Option<bool>, condition: impl Into<String>) -> Self {
        self.severity = match known {
            Some(true) => Severity::Notable,
            Some(false) => Severity::Breaking,
            None => Severity::Conditional,
        };
        self.condition = known.is_none().then(|| condition.into());
        self
    }
}

impl Comparison<'_, '_> {
    fn add(&mut self, draft: Draft) {
        let place = match (&draft.new, &draft.old) {
            (Some(pointer), _) => Place {
                side: Side::New,
                pointer: pointer.clone(),
            },
            (None, Some(pointer)) => Place {
                side: Side::Old,
                pointer: pointer.clone(),
            },
            (None, None) => Place {
                side: Side::New,
                pointer: String::new(),
            },
        };
        self.findings.push(Finding {
            rule: draft.rule,
            severity: draft.severity,
            subject: draft.subject,
            message: draft.message,
            condition: draft.condition,
            old: draft
                .old
                .and_then(|pointer| excerpt(self.old, self.wires.old, &pointer)),
            new: draft
                .new
                .and_then(|pointer| excerpt(self.new, self.wires.new, &pointer)),
            place,
        });
    }
}
