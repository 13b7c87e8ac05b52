//! What `idl-compat explain` shows: the changes with what an old client met.

use {
    crate::{manifest::Manifest, programs},
    anyhow::Result,
    idl_compat::examples::{Case, Example},
};

/// The changes that a rule finds.
///
/// # Errors
/// When a folder has no `change.toml`, or one that says something else.
pub fn examples() -> Result<Vec<Example>> {
    let mut examples = Vec::new();
    for folder in programs::changes() {
        let manifest = Manifest::read(folder)?;
        let Some(rule) = manifest.rule else { continue };
        let cases = manifest.cases.into_iter().map(|case| Case {
            condition: case.condition,
            verdict: case.verdict.to_string(),
            observed: case.observed,
        });
        examples.push(Example {
            rule,
            folder: folder.to_owned(),
            change: manifest.change,
            cases: cases.collect(),
        });
    }
    Ok(examples)
}
