//! Takes the examples of the rules from the manifests of `catalogue/`.

use std::{env, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let catalogue = Path::new("../../catalogue");
    println!("cargo::rerun-if-changed={}", catalogue.display());

    let mut manifests = Vec::new();
    for entry in fs::read_dir(catalogue)? {
        let folder = entry?.path();
        let manifest = folder.join("change.toml");
        if manifest.is_file() {
            let name = folder
                .file_name()
                .ok_or("no name")?
                .to_string_lossy()
                .into_owned();
            manifests.push((name, toml::from_str(&fs::read_to_string(manifest)?)?));
        }
    }
    manifests.sort_by(|(name, _), (other, _)| name.cmp(other));

    let examples: Vec<_> = manifests
        .iter()
        .filter_map(|(name, manifest)| example(name, manifest))
        .collect();
    let path = Path::new(&env::var("OUT_DIR")?).join("examples.rs");
    fs::write(path, format!("&[{}]", examples.concat()))?;
    Ok(())
}

/// An `Example` as Rust source; `None` for a change that no rule finds.
fn example(folder: &str, manifest: &toml::Table) -> Option<String> {
    let rule = manifest.get("rule")?.as_str()?;
    let change = manifest.get("change")?.as_str()?;
    let cases: Vec<_> = manifest.get("case")?.as_array()?.iter().map(case).collect();
    Some(format!(
        "Example {{ rule: {rule:?}, folder: {folder:?}, change: {change:?}, cases: &[{}] }},\n",
        cases.concat()
    ))
}

fn case(case: &toml::Value) -> String {
    let text = |name: &str| case.get(name).and_then(toml::Value::as_str);
    let observed = case.get("observed").and_then(toml::Value::as_table);
    let observed: Vec<_> = observed
        .into_iter()
        .flatten()
        .map(|(probe, outcome)| format!("({probe:?}, {:?}),", outcome.as_str().unwrap_or_default()))
        .collect();
    format!(
        "Case {{ condition: {:?}, verdict: {:?}, observed: &[{}] }},",
        text("condition"),
        text("verdict").unwrap_or_default(),
        observed.concat()
    )
}
