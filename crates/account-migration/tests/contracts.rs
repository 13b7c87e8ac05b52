//! What must not compile, and what must: one file per case in `tests/contracts`.
//!
//! A case begins with `//! compiles`, or with `//! error: ` and what the compiler must say of it: our
//! message, Anchor's, or the number of the compiler's own. None depends on the compiler's version.

use {
    serde_json::Value,
    std::{
        collections::BTreeMap,
        fs, iter,
        path::{Path, PathBuf},
        process::Command,
    },
};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What became of a case: whether it compiled, and everything its errors say.
#[derive(Default)]
struct Outcome {
    compiled: bool,
    errors: String,
}

#[test]
fn contracts() {
    let cases = cases();
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("contracts");
    write_package(&package, &cases);
    let (outcomes, log) = build(&package);

    for (name, path) in &cases {
        let Outcome { compiled, errors } = outcomes
            .get(name)
            .unwrap_or_else(|| panic!("{name} was not compiled:\n{log}"));
        let case = read(path);
        let expected = case.lines().next().unwrap_or_default();
        if let Some(phrase) = expected.strip_prefix("//! error: ") {
            assert!(!compiled, "{name} compiles, but {phrase:?} is expected");
            let said = errors.contains(phrase);
            assert!(said, "{name}: {phrase:?} is not in\n{errors}");
        } else {
            assert_eq!(expected, "//! compiles", "the first line of {name}");
            assert!(compiled, "{name} does not compile:\n{errors}");
        }
    }
}

/// The file of every case by its name.
fn cases() -> BTreeMap<String, PathBuf> {
    let folder = Path::new(ROOT).join("tests/contracts");
    let entries = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    entries
        .map(|entry| entry.expect("a folder that can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            let name = path.file_stem().expect("a file has a name");
            (name.to_string_lossy().into_owned(), path)
        })
        .collect()
}

/// A package with a program for each case, and the workspace's versions of the dependencies.
fn write_package(package: &Path, cases: &BTreeMap<String, PathBuf>) {
    let mut manifest = format!(
        "workspace = {{}}\n\
         [package]\nname = \"contracts\"\nedition = \"2024\"\n\
         [dependencies]\naccount-migration.path = {ROOT:?}\nanchor-lang = \"*\"\nbytemuck = \"*\"\n\
         [lints.rust]\nunexpected_cfgs = \"allow\"\nunused = \"allow\"\n\
         [profile.dev]\ndebug = 0\n",
    );
    for (name, path) in cases {
        manifest += &format!("[[bin]]\nname = {name:?}\npath = {path:?}\n");
    }
    let lock = Path::new(ROOT)
        .ancestors()
        .map(|folder| folder.join("Cargo.lock"))
        .find(|lock| lock.is_file())
        .expect("the crate or its workspace has a Cargo.lock");
    fs::create_dir_all(package)
        .and_then(|()| fs::write(package.join("Cargo.toml"), manifest))
        .and_then(|()| fs::write(package.join("Cargo.lock"), read(&lock)))
        .unwrap_or_else(|e| panic!("{}: {e}", package.display()));
}

/// Builds every case and returns what became of each, and cargo's own words. Checking them would not
/// do: contracts are evaluated when code is generated.
fn build(package: &Path) -> (BTreeMap<String, Outcome>, String) {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--offline", "--keep-going"])
        .args(["--message-format=json", "--target-dir=target"])
        .current_dir(package)
        .output()
        .expect("cargo runs");
    let mut outcomes = BTreeMap::<String, Outcome>::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: Value = serde_json::from_str(line).expect("cargo prints JSON");
        if message["target"]["kind"][0] != "bin" {
            continue;
        }
        let name = message["target"]["name"].as_str().expect("a name");
        let outcome = outcomes.entry(name.to_owned()).or_default();
        outcome.compiled |= message["reason"] == "compiler-artifact";
        let diagnostic = &message["message"];
        if diagnostic["level"] == "error" {
            let notes = diagnostic["children"].as_array().into_iter().flatten();
            for part in iter::once(&diagnostic["code"]["code"])
                .chain(iter::once(diagnostic).chain(notes).map(|d| &d["message"]))
            {
                outcome.errors += part.as_str().unwrap_or_default();
                outcome.errors += "\n";
            }
        }
    }
    (outcomes, String::from_utf8_lossy(&output.stderr).into())
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}
