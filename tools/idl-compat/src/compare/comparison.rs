//! A comparison under way, and what it finds.

use {
    super::{excerpt::excerpt, wire::Wires},
    crate::{
        assumptions::Assumptions,
        finding::{Finding, Place, Side},
        rule::{Rule, Severity},
    },
    anchor_lang_idl_spec::Idl,
};

/// A comparison under way.
pub(super) struct Comparison<'t, 'a> {
    pub old: &'a Idl,
    pub new: &'a Idl,
    pub assumptions: &'a Assumptions,
    pub wires: Wires<'t, 'a>,
    pub findings: Vec<Finding>,
}

/// A finding whose places are not looked up yet.
pub(super) struct Draft {
    pub rule: &'static Rule,
    pub severity: Severity,
    pub subject: String,
    pub message: String,
    pub condition: Option<String>,
    /// JSON pointers.
    pub old: Option<String>,
    pub new: Option<String>,
}

impl Draft {
    /// A finding as severe as its rule.
    pub fn new(
        rule: &'static Rule,
        subject: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
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

    pub fn at_old(mut self, pointer: impl Into<String>) -> Self {
        self.old = Some(pointer.into());
        self
    }

    pub fn at_new(mut self, pointer: impl Into<String>) -> Self {
        self.new = Some(pointer.into());
        self
    }

    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// What must hold, and whether it is known to.
    pub fn condition(mut self, known: Option<bool>, condition: impl Into<String>) -> Self {
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
    pub fn add(&mut self, draft: Draft) {
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
