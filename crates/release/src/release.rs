//! Which committed folder is made from which packages: the one table of releases and fixtures.

use {
    anyhow::{Context, Result},
    std::{fs, path::PathBuf},
};

/// The SBPF version of every artefact, named because each tool has its own default. Version 0 loads
/// everywhere until a cluster activates `disable_sbpf_v0_v1_v2_deployment`.
pub const ARCH: &str = "v0";

/// The folder of the tests' own programs; each becomes a fixture.
const TEST_PROGRAMS: &str = "tests/programs";

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
    }
}

/// The tests' own programs, one for each package under `tests/programs`.
pub fn fixtures() -> Result<ArtefactSet> {
    let folder = workspace().join(TEST_PROGRAMS);
    let mut names = Vec::new();
    if folder.is_dir() {
        for entry in
            fs::read_dir(&folder).with_context(|| format!("cannot list {TEST_PROGRAMS}"))?
        {
            let entry = entry?;
            if entry.path().join("Cargo.toml").is_file() {
                names.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
    }
    names.sort();
    Ok(ArtefactSet {
        name: "fixtures",
        description: "These programs are for the tests alone.",
        folder: "tests/fixtures",
        programs: names.iter().map(|name| fixture(name)).collect(),
        frozen: false,
    })
}

/// Every set; the fixtures only if there are any, in source or in the committed folder.
pub fn all() -> Result<Vec<ArtefactSet>> {
    let mut sets = vec![v1(), v2()];
    let fixtures = fixtures()?;
    if !fixtures.programs.is_empty() || fixtures.path("").is_dir() {
        sets.push(fixtures);
    }
    Ok(sets)
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

fn fixture(name: &str) -> Program {
    released(&format!("{TEST_PROGRAMS}/{name}"), &name.replace('-', "_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixture_is_named_after_its_library() {
        let fixture = fixture("migration-lab");
        assert_eq!(fixture.elf, "migration_lab.so");
        assert_eq!(fixture.idl, "migration_lab.json");
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
