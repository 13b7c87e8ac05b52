//! The changes of `catalogue/`: each was made to a program, and a stale client's transactions executed.

/// A change, by the rule that finds it.
pub struct Example {
    pub rule: &'static str,
    /// Its folder in `catalogue/`.
    pub folder: &'static str,
    pub change: &'static str,
    pub cases: &'static [Case],
}

/// What a stale client met.
pub struct Case {
    /// What held, where the change is compatible on a condition.
    pub condition: Option<&'static str>,
    pub verdict: &'static str,
    /// Outcomes that are not what they were, by the name of what the client did.
    pub observed: &'static [(&'static str, &'static str)],
}

pub static EXAMPLES: &[Example] = include!(concat!(env!("OUT_DIR"), "/examples.rs"));

impl Example {
    /// The change and what was met, as lines of text.
    pub fn describe(&self) -> String {
        let mut text = format!("Executed in catalogue/{}: {}.\n", self.folder, self.change);
        for case in self.cases {
            if let Some(condition) = case.condition {
                text += &format!("  {condition}: {}\n", case.verdict);
            } else {
                text += &format!("  {}\n", case.verdict);
            }
            for (probe, outcome) in case.observed {
                text += &format!("    {probe}: {outcome}\n");
            }
        }
        text
    }
}
