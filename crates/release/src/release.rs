//! Which committed folder is made from which packages: the one table of releases and fixtures.

use {
    anyhow::{Context, Result},
    std::{fs, path::PathBuf},
};

/// The SBPF version of every artefact, named because each tool has its own default. Version 0 loads
/// everywhere until a cluster activates `disable_sbpf_v0_v1_v2_deployment`.
pub const ARCH: &str = "v0";

/// A folder of committed artefacts. Paths are relative to the workspace.
pub struct ArtefactSet {
    /// As the command line names it: `v1`.
    pub name: &'static str,
    /// What PROVENANCE.md says these are.
    pub description: &'static str,
    pub folder: &'static str,
    pub programs: Vec<Program>,
    /// Made once: its users have it, so another one needs `--refreeze`.
    pub frozen: bool,
    /// What of the release profile has changed since a frozen set was made, as it was then: values
    /// for cargo's `--config`.
    pub profile: &'static [&'static str],
}

/// A program of a set.
pub struct Program {
    /// The folder of its package.
    pub package: String,
    /// The name its ELF has in the set's folder.
    pub elf: String,
    /// The name its IDL has there.
    pub idl: String,
}

impl ArtefactSet {
    /// The command that makes this set.
    pub fn command(&self) -> String {
        format!("cargo run -p release -- build {}", self.name)
    }

    /// The command that makes it when it is there already.
    pub fn command_again(&self) -> String {
        let flag = if self.frozen { " --refreeze" } else { "" };
        self.command() + flag
    }

    pub fn path(&self, file: &str) -> PathBuf {
        workspace().join(self.folder).join(file)
    }
}

pub fn v1() -> ArtefactSet {
    ArtefactSet {
        name: "v1",
        description: "This is release 1 of the program: what the deployed clients were built against.",
        folder: "releases/v1",
        programs: vec![released("releases/v1", "app")],
        frozen: true,
        profile: &["profile.release.package.solana-program-entrypoint.overflow-checks=true"],
    }
}

pub fn v2() -> ArtefactSet {
    ArtefactSet {
        name: "v2",
        description: "This is release 2 of the program, what release 1 is upgraded to, and the two \
                      programs of the proxy path.",
        folder: "releases/v2",
        programs: vec![
            released("programs/app", "app"),
            released("programs/migrator", "migrator"),
            released("programs/successor", "successor"),
        ],
        frozen: false,
        profile: &[],
    }
}

/// The tests' own programs, one for each package under `tests/programs`.
pub fn fixtures() -> Result<ArtefactSet> {
    packages_of(
        "tests/programs",
        "tests/fixtures",
        "fixtures",
        "These programs are for the tests alone.",
    )
}

/// The baseline and the changes to it, one for each package under `catalogue`.
pub fn catalogue() -> Result<ArtefactSet> {
    packages_of(
        "catalogue",
        "tests/fixtures/catalogue",
        "catalogue",
        "These programs are the baseline of the catalogue and the changes to it.",
    )
}

/// The set that every package in a folder makes.
fn packages_of(
    source: &str,
    folder: &'static str,
    name: &'static str,
    description: &'static str,
) -> Result<ArtefactSet> {
    let mut names = Vec::new();
    for entry in
        fs::read_dir(workspace().join(source)).with_context(|| format!("cannot list {source}"))?
    {
        let entry = entry?;
        if entry.path().join("Cargo.toml").is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(ArtefactSet {
        name,
        description,
        folder,
        programs: names
            .iter()
            .map(|name| released(&format!("{source}/{name}"), &name.replace('-', "_")))
            .collect(),
        frozen: false,
        profile: &[],
    })
}

/// Every set.
pub fn all() -> Result<Vec<ArtefactSet>> {
    Ok(vec![v1(), v2(), fixtures()?, catalogue()?])
}

impl Program {
    /// The folder of the package without the path to it.
    pub fn name(&self) -> &str {
        self.package.rsplit('/').next().unwrap_or(&self.package)
    }
}

/// The root of the workspace.
pub fn workspace() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// The program of this package, under the name of its library.
fn released(package: &str, library: &str) -> Program {
    Program {
        package: package.into(),
        elf: format!("{library}.so"),
        idl: format!("{library}.json"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixture_is_named_after_its_library() {
        let fixtures = fixtures().unwrap();
        let [lab, _] = &fixtures.programs[..] else {
            panic!("tests/programs has two packages")
        };
        assert_eq!(lab.package, "tests/programs/migration-lab");
        assert_eq!(lab.elf, "migration_lab.so");
        assert_eq!(lab.idl, "migration_lab.json");
    }

    #[test]
    fn only_a_frozen_release_asks_for_refreeze() {
        assert_eq!(
            v1().command_again(),
            "cargo run -p release -- build v1 --refreeze"
        );
        assert_eq!(v2().command_again(), v2().command());
    }
}
