//! What a check found, and what it comes to.

use {
    crate::{
        Rule, Severity, Side,
        accept::{Acceptance, Judged},
        positions::Positions,
    },
    account_layout::ReadIdl,
    serde::Serialize,
    std::fmt,
};

/// A new release, compared with one that is deployed, or with several.
#[derive(Debug)]
pub struct Check {
    pub new: Document,
    pub pairs: Vec<Pair>,
    /// Entries of the accept file that name no finding.
    pub stale: Vec<Acceptance>,
    /// The least severity that makes the check fail.
    pub fail_on: Severity,
}

/// What was found between one deployed release and the new one.
#[derive(Debug)]
pub struct Pair {
    pub old: Document,
    pub findings: Vec<Judged>,
}

/// An IDL and where it came from.
#[derive(Clone, Debug)]
pub struct Document {
    /// Named as reports call it: a path, or `REF:PATH` of git.
    pub read: ReadIdl,
    pub text: String,
    /// Whether it is a file that an editor or a code review can open at a line.
    pub is_file: bool,
}

/// What a check comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Compatible,
    /// Compatible if the conditions of its findings hold.
    Conditional,
    Breaking,
}

/// Findings by severity; those that are accepted count only as accepted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub breaking: usize,
    pub conditional: usize,
    pub notable: usize,
    pub accepted: usize,
}

/// A finding with the place that it points to.
pub(super) struct Located<'a> {
    pub judged: &'a Judged,
    pub document: &'a Document,
    /// Counted from 1.
    pub line: usize,
}

impl Check {
    /// Whether nothing that is not accepted is as severe as to fail, and the accept file is up to date.
    pub fn passes(&self) -> bool {
        let fails =
            |judged: &&Judged| judged.accepted.is_none() && judged.finding.severity >= self.fail_on;
        self.stale.is_empty() && self.findings().find(fails).is_none()
    }

    pub fn counts(&self) -> Counts {
        Counts::of(self.findings())
    }

    fn findings(&self) -> impl Iterator<Item = &Judged> {
        self.pairs.iter().flat_map(|pair| &pair.findings)
    }

    /// The findings of a pair, each with its place.
    pub(super) fn located<'a>(&'a self, pair: &'a Pair) -> Vec<Located<'a>> {
        let places = [(&pair.old, Side::Old), (&self.new, Side::New)].map(|(document, side)| {
            let on_side = pair.findings.iter().map(|judged| &judged.finding.place);
            let pointers = on_side.filter(|place| place.side == side);
            let pointers = pointers.map(|place| place.pointer.as_str());
            // Findings about an IDL of the older format point into what it was converted to.
            let text = if document.read.legacy {
                ""
            } else {
                &document.text
            };
            Positions::find(text, pointers)
        });
        let locate = |judged: &'a Judged| {
            let place = &judged.finding.place;
            let (document, places) = match place.side {
                Side::Old => (&pair.old, &places[0]),
                Side::New => (&self.new, &places[1]),
            };
            Located {
                judged,
                document,
                line: places.line(&place.pointer),
            }
        };
        pair.findings.iter().map(locate).collect()
    }

    /// The file and the line that a tool can open for a finding: an element of a revision that is
    /// not checked out has none, so that the new IDL stands for it.
    pub(super) fn openable<'a>(&'a self, located: &Located<'a>) -> (&'a str, usize) {
        if located.document.is_file {
            (&located.document.read.name, located.line)
        } else {
            (&self.new.read.name, 1)
        }
    }

    /// The line that ends a report for people.
    pub(super) fn conclusion(&self) -> String {
        let counts = self.counts();
        let stale = self.stale.len();
        let what = match counts.verdict() {
            _ if stale > 0 => "the accept file is out of date",
            Verdict::Breaking => "not compatible",
            Verdict::Conditional => "compatible if the conditions hold",
            Verdict::Compatible if counts.accepted > 0 => "compatible but for what is accepted",
            Verdict::Compatible => "compatible",
        };
        if counts == Counts::default() && stale == 0 {
            return format!("nothing changed that a client or an account can see: {what}");
        }
        format!(
            "{counts}{}: {what}",
            match stale {
                0 => String::new(),
                _ if counts == Counts::default() => format!("{stale} stale"),
                _ => format!(", {stale} stale"),
            }
        )
    }
}

impl Pair {
    pub fn counts(&self) -> Counts {
        Counts::of(&self.findings)
    }
}

impl Counts {
    fn of<'a>(findings: impl IntoIterator<Item = &'a Judged>) -> Self {
        let mut counts = Self::default();
        for judged in findings {
            let count = match (&judged.accepted, judged.finding.severity) {
                (Some(_), _) => &mut counts.accepted,
                (None, Severity::Breaking) => &mut counts.breaking,
                (None, Severity::Conditional) => &mut counts.conditional,
                (None, Severity::Notable) => &mut counts.notable,
            };
            *count += 1;
        }
        counts
    }

    pub fn verdict(&self) -> Verdict {
        match self {
            Self { breaking: 1.., .. } => Verdict::Breaking,
            Self {
                conditional: 1.., ..
            } => Verdict::Conditional,
            _ => Verdict::Compatible,
        }
    }
}

/// `2 breaking, 1 conditional`: what is 0 is left out.
impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let counts = [
            (self.breaking, "breaking"),
            (self.conditional, "conditional"),
            (self.notable, "notable"),
            (self.accepted, "accepted"),
        ];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let text: Vec<_> = counts
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        f.write_str(&text.join(", "))
    }
}

impl Acceptance {
    /// What is wrong with an entry that names no finding.
    pub(super) fn stale_message(&self) -> String {
        format!(
            "the accept file has an entry for `{}` of `{}`, which no longer is a finding: remove it",
            self.rule, self.subject
        )
    }
}

/// What more there is to say of a finding, as label and text.
pub(super) fn notes(judged: &Judged) -> Vec<(&'static str, &str)> {
    let Judged { finding, accepted } = judged;
    let Rule {
        old_client,
        instead,
        ..
    } = finding.rule;
    let notes = [
        ("old client", Some(*old_client)),
        ("condition", finding.condition.as_deref()),
        ("instead", Some(*instead)),
        ("accepted", accepted.as_deref()),
    ];
    let said = notes
        .into_iter()
        .filter_map(|(label, text)| Some((label, text?)));
    said.filter(|(_, text)| !text.is_empty()).collect()
}
