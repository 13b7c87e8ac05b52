//! `new` makes a folder that differs from those that people made in nothing but the change.

use {
    catalogue::{folders, scaffold::scaffold},
    std::{fs, path::Path},
    tempfile::TempDir,
};

/// A catalogue with the baseline alone.
fn catalogue() -> TempDir {
    let temp = tempfile::tempdir().unwrap();
    let source = temp.path().join("programs/baseline/src");
    fs::create_dir_all(&source).unwrap();
    for entry in fs::read_dir(folders::program("baseline").join("src")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, source.join(path.file_name().unwrap())).unwrap();
    }
    fs::copy(
        folders::root().join("Cargo.toml"),
        temp.path().join("Cargo.toml"),
    )
    .unwrap();
    temp
}

fn made(root: &Path, file: &str) -> String {
    fs::read_to_string(root.join(file)).unwrap()
}

/// A file of the catalogue's own, without the lines that a person writes.
fn without_words(text: &str) -> Vec<&str> {
    let is_word = |line: &&str| line.starts_with("//!") || line.starts_with("description =");
    text.lines().filter(|line| !is_word(line)).collect()
}

#[test]
fn a_folder_is_like_those_that_are_there() {
    for (like, modules) in [
        ("argument-added", &["contents"][..]),
        ("field-inserted", &["vault", "record"]),
        (
            "zero-copy-to-borsh",
            &["create", "deposit", "ledger", "record", "sweep"],
        ),
    ] {
        let temp = catalogue();
        let root = temp.path();
        let modules: Vec<_> = modules.iter().map(|it| (*it).to_owned()).collect();
        let files = scaffold(root, "new-change", &modules).unwrap();
        assert_eq!(files.len(), 4 + modules.len());
        let there = |file: &str| fs::read_to_string(folders::program(like).join(file)).unwrap();

        let library = made(root, "programs/new-change/src/lib.rs");
        let expected = there("src/lib.rs");
        assert_eq!(without_words(&library), without_words(&expected), "{like}");
        let manifest = made(root, "programs/new-change/Cargo.toml");
        let expected = there("Cargo.toml").replace(like, "new-change");
        assert_eq!(without_words(&manifest), without_words(&expected));
        for module in &modules {
            let copy = made(root, &format!("programs/new-change/src/{module}.rs"));
            assert_eq!(
                copy,
                made(root, &format!("programs/baseline/src/{module}.rs"))
            );
        }
    }
}

#[test]
fn the_dependency_is_added_in_its_place() {
    let temp = catalogue();
    let before = made(temp.path(), "Cargo.toml");
    scaffold(temp.path(), "field-moved", &["vault".to_owned()]).unwrap();
    let after = made(temp.path(), "Cargo.toml");
    let line =
        "field-moved = { path = \"programs/field-moved\", features = [\"no-entrypoint\"] }\n";
    assert_eq!(after.replace(line, ""), before);
    let place = after.find(line).unwrap();
    assert!(after[..place].ends_with("features = [\"no-entrypoint\"] }\n"));
    assert!(after[place..].starts_with(&format!("{line}field-removed = ")));
}

#[test]
fn what_cannot_be_made_is_named_and_nothing_is_written() {
    let temp = catalogue();
    let error = |name: &str, modules: &[&str]| {
        let modules: Vec<_> = modules.iter().map(|it| (*it).to_owned()).collect();
        scaffold(temp.path(), name, &modules)
            .unwrap_err()
            .to_string()
    };
    for name in ["", "Field", "field_moved", "../x", "-x", "1x"] {
        assert!(
            error(name, &["vault"]).contains("is no name for a change"),
            "{name}"
        );
    }
    assert!(error("baseline", &["vault"]).contains("is there already"));
    assert!(error("x", &[]).contains("name the modules"));
    let unknown = error("x", &["vaults"]);
    assert!(
        unknown.starts_with("the baseline has no module `vaults`; it has adjust, "),
        "{unknown}"
    );
    assert!(!temp.path().join("programs/x").exists());
    let manifest = made(temp.path(), "Cargo.toml");
    assert_eq!(manifest, made(folders::root(), "Cargo.toml"));
}
