//! `releases/releases.json`: which releases there are.

use {
    anyhow::{Context, Result, ensure},
    serde::Deserialize,
    std::{fs, path::Path},
};

const FILE: &str = "releases/releases.json";

/// A line of the table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    #[serde(rename = "release")]
    pub number: u64,
    /// What of the release profile has changed since a frozen release was made, as it was then: values
    /// for cargo's `--config`.
    #[serde(default)]
    pub profile: Vec<String>,
}

/// The releases of the repository at `root`, the newest one last.
pub fn read(root: &Path) -> Result<Vec<Release>> {
    fs::read_to_string(root.join(FILE))
        .map_err(anyhow::Error::from)
        .and_then(|text| parse(&text))
        .with_context(|| format!("cannot read {FILE}"))
}

fn parse(text: &str) -> Result<Vec<Release>> {
    let releases: Vec<Release> = serde_json::from_str(text)?;
    ensure!(!releases.is_empty(), "it lists no release");
    ensure!(
        releases.is_sorted_by(|a, b| a.number < b.number),
        "the numbers of the releases do not ascend"
    );
    Ok(releases)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_listed_in_their_order() {
        let releases = parse(r#"[{"release": 1, "profile": ["a=true"]}, {"release": 2}]"#).unwrap();
        assert_eq!(releases[0].profile, ["a=true"]);
        assert_eq!((releases[1].number, releases[1].profile.len()), (2, 0));
    }

    #[test]
    fn a_table_that_orders_nothing_is_rejected() {
        for text in [
            "[]",
            r#"[{"release": 2}, {"release": 1}]"#,
            r#"[{"release": 1}, {"release": 1}]"#,
            r#"[{"release": 1, "frozen": true}]"#,
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
