//! Counts the lines that a team which forks this repository reads, and those of the tests that it keeps
//! green.

use {
    crate::workspace,
    anyhow::{Context, Result, ensure},
    std::{
        fs,
        path::{Path, PathBuf},
    },
};

/// What a forking team reads at most.
const MOST: usize = 3_500;

/// What a forking team reads in any case: it changes or calls all of it.
const READ: &[&str] = &[
    "programs/app",
    "releases",
    "migrations",
    "app/src/clients/v2",
    "tests/support",
    "README.md",
    "FORK.md",
];

/// What it reads besides if it keeps the proxy path, which is not needed for anything else.
const PROXY: &[&str] = &[
    "programs/migrator",
    "programs/successor",
    "releases/proxy",
    "app/src/clients/v2/migrateAccount.ts",
    "app/src/clients/v2/successor.ts",
    "docs/proxy.md",
];

/// The tests that it keeps green.
const TESTS: &[&str] = &[
    "tests",
    "app/tests",
    "app/e2e",
    "crates/account-migration/tests",
    "crates/svm-harness/tests",
    "crates/lifecycle/tests",
];

/// Folders whose files no person writes.
const GENERATED: &[&str] = &["generated", "node_modules", "target"];

/// Extensions of what people write.
const WRITTEN: &[&str] = &["md", "rs", "toml", "ts"];

pub fn run() -> Result<()> {
    let root = workspace::root();
    let read = count(root, "A forking team reads", READ, PROXY)?;
    count(root, "If it keeps the proxy path, also", PROXY, &[])?;
    count(root, "The tests that it keeps green", TESTS, READ)?;
    ensure!(
        read <= MOST,
        "a forking team has to read {read} lines: at most {MOST} are allowed"
    );
    Ok(())
}

/// Prints the lines of each place that exists, except what is `elsewhere`, and returns their sum.
fn count(root: &Path, title: &str, places: &[&str], elsewhere: &[&str]) -> Result<usize> {
    let places: Vec<_> = places
        .iter()
        .filter(|place| root.join(place).exists())
        .collect();
    if places.is_empty() {
        return Ok(0);
    }
    println!("{title}:");
    let mut all = 0;
    for place in places {
        let lines = lines(root, Path::new(place), elsewhere)?;
        println!("{lines:>7}  {place}");
        all += lines;
    }
    println!("{all:>7}  lines\n");
    Ok(all)
}

/// The lines of a file that a person writes, or of all of them in a folder.
fn lines(root: &Path, path: &Path, elsewhere: &[&str]) -> Result<usize> {
    let inner: Vec<PathBuf> = match root.join(path).is_dir() {
        false => return lines_of_file(root, path),
        true => fs::read_dir(root.join(path))?
            .map(|entry| Ok(path.join(entry?.file_name())))
            .collect::<Result<_>>()?,
    };
    let mut lines = 0;
    for path in inner {
        let generated = GENERATED.iter().any(|name| path.ends_with(name));
        if !generated && !elsewhere.iter().any(|place| path == Path::new(place)) {
            lines += self::lines(root, &path, elsewhere)?;
        }
    }
    Ok(lines)
}

fn lines_of_file(root: &Path, path: &Path) -> Result<usize> {
    let extension = path.extension().unwrap_or_default();
    if !WRITTEN.iter().any(|written| extension == *written) {
        return Ok(0);
    }
    let text = fs::read_to_string(root.join(path));
    let text = text.with_context(|| format!("cannot read {}", path.display()))?;
    Ok(text.lines().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_files_artefacts_and_what_is_elsewhere_do_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("app/generated")).unwrap();
        fs::create_dir_all(root.join("app/proxy")).unwrap();
        for (file, text) in [
            ("app/a.rs", "one\n\nthree\n"),
            ("app/b.ts", "one"),
            ("app/app.json", "{\n}\n"),
            ("app/app.so", "\n\n\n"),
            ("app/generated/c.ts", "one\n"),
            ("app/proxy/d.rs", "one\ntwo\n"),
            ("README.md", "one\n"),
        ] {
            fs::write(root.join(file), text).unwrap();
        }
        let count = |places: &[&str], elsewhere: &[&str]| {
            super::count(root, "a title", places, elsewhere).unwrap()
        };
        assert_eq!(count(&["app", "README.md", "FORK.md"], &["app/proxy"]), 5);
        assert_eq!(count(&["app/proxy"], &[]), 2);
    }
}
