//! The rules of the house that no lint of the compiler holds.
//!
//! - [`uses`]: a module has one `use` per visibility, before everything but modules;
//! - [`names`]: no two types of a crate share a name;
//! - [`lengths`]: a function has fewer than 100 lines.

mod crates;
mod lengths;
mod names;
mod uses;

use {
    crate::workspace,
    anyhow::{Result, bail},
    std::{
        collections::BTreeSet,
        fmt,
        path::{Path, PathBuf},
    },
};

/// A place that breaks a rule.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Violation {
    path: PathBuf,
    line: usize,
    what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self { path, line, what } = self;
        write!(f, "{}:{line}: {what}", path.display())
    }
}

/// Checks every crate of the repository's workspaces.
pub fn run() -> Result<()> {
    let root = workspace::root();
    let mut violations = BTreeSet::new();
    for manifest in ["Cargo.toml", "tools/Cargo.toml"] {
        if root.join(manifest).is_file() {
            violations.extend(check(&root.join(manifest))?);
        }
    }
    for violation in &violations {
        println!("{violation}");
    }
    match violations.len() {
        0 => Ok(()),
        number => bail!("{number} places break a rule"),
    }
}

/// Checks every crate of a workspace. A file that several crates have is found once for each.
fn check(manifest: &Path) -> Result<Vec<Violation>> {
    let mut violations = Vec::new();
    for sources in crates::all(manifest)? {
        for source in &sources {
            uses::check(source, &mut violations);
            lengths::check(source, &mut violations);
        }
        names::check(&sources, &mut violations);
    }
    Ok(violations)
}
