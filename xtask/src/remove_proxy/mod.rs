//! Takes the proxy path out of a copy of this repository: the folders and lines that [`places`] lists.

mod places;

use {
    anyhow::{Context, Result, ensure},
    clap::Args,
    places::{DELETED, LINES, SECTIONS},
    std::{
        collections::BTreeMap,
        fs,
        path::{Path, PathBuf},
        process::{Command, Stdio},
    },
};

/// Takes the proxy path out of a copy of this repository.
#[derive(Args)]
pub struct RemoveProxy {
    /// The root of the copy, in which everything is committed
    pub copy: PathBuf,
}

/// Changes the copy, or nothing if a place is not as it is listed.
pub fn run(copy: &Path) -> Result<()> {
    check_clean(copy)?;
    let changed = changed_files(copy)?;
    for path in DELETED {
        delete(&copy.join(path)).with_context(|| format!("cannot delete {path}"))?;
    }
    for (path, text) in &changed {
        fs::write(copy.join(path), text).with_context(|| format!("cannot write {path}"))?;
    }
    // Of the packages in Cargo.lock, those that are left; then what a deleted line leaves on a line alone.
    cargo(copy, &["metadata", "--format-version", "1"])?;
    cargo(copy, &["fmt", "--all"])?;
    println!(
        "{}: deleted {} folders and files and what belongs to them in {} files",
        copy.display(),
        DELETED.len(),
        changed.len()
    );
    Ok(())
}

/// Whatever is deleted can be had back from git.
fn check_clean(copy: &Path) -> Result<()> {
    let git = |arguments: &[&str]| -> Result<String> {
        let output = Command::new("git")
            .arg("-C")
            .arg(copy)
            .args(arguments)
            .output()
            .context("cannot run git")?;
        ensure!(
            output.status.success(),
            "{}: {}",
            copy.display(),
            String::from_utf8_lossy(&output.stderr).trim()
        );
        Ok(String::from_utf8(output.stdout)?)
    };
    let top = git(&["rev-parse", "--show-toplevel"])?;
    ensure!(
        Path::new(top.trim_end()) == copy.canonicalize()?,
        "{} is not the root of a repository",
        copy.display()
    );
    ensure!(
        git(&["status", "--porcelain"])?.is_empty(),
        "{} has changes that are not committed",
        copy.display()
    );
    Ok(())
}

/// The files that stay, without what belongs to the proxy path: their texts by their paths.
fn changed_files(copy: &Path) -> Result<BTreeMap<&'static str, String>> {
    for path in DELETED {
        ensure!(copy.join(path).exists(), "{path} is not there");
    }
    let mut changed = BTreeMap::new();
    let mut change = |path: &'static str, cut: &dyn Fn(&str) -> Result<String>| -> Result<()> {
        let text = match changed.remove(path) {
            Some(text) => text,
            None => fs::read_to_string(copy.join(path))
                .with_context(|| format!("cannot read {path}"))?,
        };
        changed.insert(path, cut(&text).with_context(|| path.to_owned())?);
        Ok(())
    };
    for (path, lines) in LINES {
        change(path, &|text| without_lines(text, lines))?;
    }
    for (path, heading) in SECTIONS {
        change(path, &|text| without_section(text, heading))?;
    }
    Ok(changed)
}

/// The text without these lines, which follow each other in one place of it.
fn without_lines(text: &str, lines: &str) -> Result<String> {
    let (text, wanted): (Vec<_>, Vec<_>) = (text.lines().collect(), lines.lines().collect());
    let places: Vec<_> = text
        .windows(wanted.len())
        .enumerate()
        .filter(|(_, window)| *window == wanted)
        .map(|(first, _)| first)
        .collect();
    let [first] = places[..] else {
        anyhow::bail!(
            "expected these lines once, found them {} times:\n{lines}",
            places.len()
        );
    };
    Ok(joined(&text[..first], &text[first + wanted.len()..]))
}

/// The Markdown text without a section: from its heading to the next heading that is not below it.
fn without_section(text: &str, heading: &str) -> Result<String> {
    let lines: Vec<_> = text.lines().collect();
    let first = lines.iter().position(|line| *line == heading);
    let first = first.with_context(|| format!("it has no section `{heading}`"))?;
    let mut fenced = false;
    let next = lines[first + 1..].iter().position(|line| {
        fenced ^= line.starts_with("```");
        !fenced && level(line).is_some_and(|next| Some(next) <= level(heading))
    });
    let after = next.map_or(&[][..], |next| &lines[first + 1 + next..]);
    let mut before = &lines[..first];
    while let ([rest @ .., ""], []) = (before, after) {
        before = rest;
    }
    Ok(joined(before, after))
}

/// The level of a heading, 1 for the highest.
fn level(line: &str) -> Option<usize> {
    line.find(|c| c != '#').filter(|level| *level > 0)
}

fn joined(before: &[&str], after: &[&str]) -> String {
    let lines = before.iter().chain(after);
    lines.flat_map(|line| [line, "\n"]).collect()
}

fn delete(path: &Path) -> Result<()> {
    match path.is_dir() {
        true => fs::remove_dir_all(path)?,
        false => fs::remove_file(path)?,
    }
    Ok(())
}

fn cargo(copy: &Path, arguments: &[&str]) -> Result<()> {
    let status = Command::new("cargo")
        .current_dir(copy)
        .args(arguments)
        .stdout(Stdio::null())
        .status()
        .context("cannot run cargo")?;
    ensure!(status.success(), "cargo {} failed", arguments.join(" "));
    Ok(())
}

#[cfg(test)]
mod tests {
    use {super::*, crate::workspace};

    #[test]
    fn every_place_is_there() {
        let changed = changed_files(workspace::root()).unwrap();
        assert!(changed.contains_key("Cargo.toml"));
    }

    #[test]
    fn lines_go_from_their_one_place() {
        let text = "a\n  b\nc\nb\n";
        assert_eq!(without_lines(text, "  b\nc").unwrap(), "a\nb\n");
        assert!(without_lines(text, "c\n  b").is_err());
        assert!(without_lines("a\na\n", "a").is_err());
        assert!(without_lines("a", "a\na").is_err());
    }

    #[test]
    fn a_section_ends_where_the_next_one_begins() {
        let text = "# T\n\n## A\n\n```\n# a\n```\n\n### B\n\nb\n\n## C\n\nc\n";
        assert_eq!(without_section(text, "## A").unwrap(), "# T\n\n## C\n\nc\n");
        assert_eq!(
            without_section(text, "### B").unwrap(),
            "# T\n\n## A\n\n```\n# a\n```\n\n## C\n\nc\n"
        );
        assert_eq!(
            without_section(text, "## C").unwrap(),
            "# T\n\n## A\n\n```\n# a\n```\n\n### B\n\nb\n"
        );
        assert!(without_section(text, "## D").is_err());
    }

    fn git(folder: &Path, arguments: &[&str]) {
        let status = Command::new("git")
            .arg("-C")
            .arg(folder)
            .args(["-c", "user.name=t", "-c", "user.email=t@example.org"])
            .args(arguments)
            .status();
        assert!(status.unwrap().success());
    }

    #[test]
    fn only_a_clean_repository_is_changed() {
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path();
        assert!(check_clean(copy).is_err());
        git(copy, &["init", "--quiet"]);
        fs::create_dir(copy.join("inner")).unwrap();
        fs::write(copy.join("inner/file"), "text").unwrap();
        let error = check_clean(copy).unwrap_err().to_string();
        assert!(
            error.ends_with("has changes that are not committed"),
            "{error}"
        );
        git(copy, &["add", "."]);
        git(copy, &["commit", "--quiet", "--message", "all"]);
        check_clean(copy).unwrap();
        let error = check_clean(&copy.join("inner")).unwrap_err().to_string();
        assert!(
            error.ends_with("is not the root of a repository"),
            "{error}"
        );
    }
}
