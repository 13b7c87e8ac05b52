//! What old clients met in the catalogue: each change was made to a program, and their transactions executed.

use {
    serde::{Deserialize, Serialize},
    std::{collections::BTreeMap, sync::LazyLock},
};

/// A change, by the rule that finds it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Example {
    pub rule: String,
    /// Its folder among the catalogue's programs.
    pub folder: String,
    pub change: String,
    pub cases: Vec<Case>,
}

/// What an old client met.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Case {
    /// What held, where the change is compatible on a condition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    pub verdict: String,
    /// Outcomes that are not what they were, by the name of what the client did.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub observed: BTreeMap<String, String>,
}

/// The catalogue's own test writes them, and compares them with its manifests.
pub static EXAMPLES: LazyLock<Vec<Example>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("examples.json")).expect("the file is made of such examples")
});

impl Example {
    /// The change and what was met, as lines of text.
    pub fn describe(&self) -> String {
        let mut text = format!(
            "Executed in catalogue/programs/{}: {}.\n",
            self.folder, self.change
        );
        for case in &self.cases {
            if let Some(condition) = &case.condition {
                text += &format!("  {condition}: {}\n", case.verdict);
            } else {
                text += &format!("  {}\n", case.verdict);
            }
            for (probe, outcome) in &case.observed {
                text += &format!("    {probe}: {outcome}\n");
            }
        }
        text
    }
}
