//! Compares committed artefacts with their checksums and with what their source gives.

use {
    super::{checksums, elf, make, provenance, sets::ArtefactSet},
    anyhow::{Context, Result},
    std::{collections::BTreeMap, fs},
};

/// Checks a set and returns what is wrong with it, each with what to do. It is built only when it has
/// its source, the committed files are whole, and they were made with the toolchain that is here.
pub fn check(set: &ArtefactSet) -> Result<Vec<String>> {
    let committed = match read(set) {
        Ok(files) => files,
        Err(error) => return Ok(vec![problem(set, &format!("{error:#}"))]),
    };
    let mut problems = verify_sums(set, &committed);
    if !set.has_source {
        return Ok(problems);
    }
    problems.extend(compare_toolchain(set, &elf::toolchain()?));
    if problems.is_empty() {
        let programs: Vec<_> = set.programs.iter().collect();
        problems = compare(set, &committed, &make::build(set, &programs)?);
    }
    Ok(problems)
}

/// The committed files of a set: bytes by name.
fn read(set: &ArtefactSet) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for program in &set.programs {
        files.extend(make::read(set, program)?);
    }
    Ok(files)
}

/// SHA256SUMS names exactly these files and their hashes.
fn verify_sums(set: &ArtefactSet, files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let sums = match read_text(set, checksums::FILE, checksums::parse) {
        Ok(sums) => sums,
        Err(error) => return vec![problem(set, &format!("{error:#}"))],
    };
    let mut problems = Vec::new();
    for (name, bytes) in files {
        if sums.get(name) != Some(&checksums::sha256(bytes)) {
            let what = format!("{}/{name} is not what {} says", set.folder, checksums::FILE);
            problems.push(problem(set, &what));
        }
    }
    for name in sums.keys().filter(|name| !files.contains_key(*name)) {
        let what = format!("{}/{name}: no program makes it any more", set.folder);
        problems.push(problem(set, &what));
    }
    problems
}

/// The committed bytes were made with the toolchain that is `here`.
fn compare_toolchain(set: &ArtefactSet, here: &str) -> Option<String> {
    let named = read_text(set, provenance::FILE, |text| {
        Ok(provenance::toolchain(text)?.to_owned())
    });
    match named {
        Err(error) => Some(problem(set, &format!("{error:#}"))),
        Ok(made_with) if made_with == here => None,
        Ok(made_with) => Some(format!(
            "{}/{}: the bytes of two toolchains cannot be compared\n  \
             made with: {made_with}\n  installed: {here}\n  \
             Check with the one it was made with, or make it again with yours: {}",
            set.folder,
            provenance::FILE,
            set.command_again()
        )),
    }
}

/// The committed files are those that the source gives.
fn compare(
    set: &ArtefactSet,
    committed: &BTreeMap<String, Vec<u8>>,
    built: &BTreeMap<String, Vec<u8>>,
) -> Vec<String> {
    let stale = built
        .iter()
        .filter(|(name, bytes)| committed.get(*name) != Some(bytes));
    stale
        .map(|(name, bytes)| {
            let hash = checksums::sha256(bytes);
            let what = format!(
                "{}/{name} is stale: its source gives {} bytes with sha256 {hash}",
                set.folder,
                bytes.len()
            );
            problem(set, &what)
        })
        .collect()
}

/// Reads a text file of the set and what it says; an error names the file.
fn read_text<T>(set: &ArtefactSet, name: &str, parse: impl Fn(&str) -> Result<T>) -> Result<T> {
    fs::read_to_string(set.path(name))
        .map_err(anyhow::Error::from)
        .and_then(|text| parse(&text))
        .with_context(|| format!("cannot read {}/{name}", set.folder))
}

/// What is wrong with a set and what to do about it.
fn problem(set: &ArtefactSet, what: &str) -> String {
    let command = set.command_again();
    if !set.has_source {
        let folder = &set.folder;
        format!("{what}\n  It is frozen and its source is not kept: git restore {folder}")
    } else if set.frozen {
        format!(
            "{what}\n  It is frozen: undo what changed (a file here, a dependency in Cargo.lock, the \
             workspace's features), or let it keep the release profile that it was made with \
             (`profile` in releases/releases.json).\n  \
             Only if it must be another one: {command}"
        )
    } else {
        format!("{what}\n  Run: {command}")
    }
}

#[cfg(test)]
mod tests {
    use {
        super::*,
        crate::artefacts::sets::samples::{newest, set},
    };

    fn files(content: &[u8]) -> BTreeMap<String, Vec<u8>> {
        BTreeMap::from([("app.so".to_owned(), content.to_vec())])
    }

    #[test]
    fn equal_bytes_are_no_problem() {
        assert!(compare(&newest(), &files(b"same"), &files(b"same")).is_empty());
    }

    #[test]
    fn a_stale_file_is_named_with_the_command_to_run() {
        let problems = compare(&newest(), &files(b"old"), &files(b"new"));
        assert_eq!(problems.len(), 1);
        let newest = newest();
        assert!(problems[0].starts_with(&format!("{}/app.so is stale", newest.folder)));
        assert!(problems[0].ends_with(&format!("Run: {}", newest.command())));
    }

    #[test]
    fn a_frozen_release_is_to_be_restored_first() {
        let problems = compare(&set("v1"), &files(b"old"), &files(b"new"));
        assert!(problems[0].contains("undo what changed"));
        assert!(problems[0].ends_with("build v1 --refreeze"));
    }
}
