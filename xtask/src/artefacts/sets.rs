//! Which committed folder is made from which packages: the releases, then the programs beside them.

use {
    super::table,
    anyhow::{Context, Result},
    std::{
        fs,
        path::{Path, PathBuf},
    },
};

/// The SBPF version of every artefact, named because each tool has its own default. Version 0 loads
/// everywhere until a cluster activates `disable_sbpf_v0_v1_v2_deployment`.
pub const ARCH: &str = "v0";

/// The source of the newest release.
const NEWEST: &str = "programs/app";

/// The sets that are no release. One exists where a package that it is made from does.
const BESIDE_RELEASES: &[Packages] = &[
    Packages {
        name: "proxy",
        description: "These are the two programs of the proxy path.",
        sources: &["programs/migrator", "programs/successor"],
        folder: "releases/proxy",
    },
    Packages {
        name: "proxy-fixtures",
        description: "This program is for the tests of the proxy path alone.",
        sources: &["tests/proxy/programs/*"],
        folder: "tests/proxy/fixtures",
    },
    Packages {
        name: "fixtures",
        description: "These programs are for the tests alone.",
        sources: &["tests/programs/*"],
        folder: "tests/fixtures",
    },
    Packages {
        name: "catalogue",
        description: "These programs are the baseline of the catalogue and the changes to it.",
        sources: &["tools/idl-compat/catalogue/programs/*"],
        folder: "tools/idl-compat/catalogue/artefacts",
    },
];

/// A folder of committed artefacts. Paths are relative to the root of the repository.
pub struct ArtefactSet {
    root: PathBuf,
    /// As the command line names it: `v1`.
    pub name: String,
    /// What PROVENANCE.md says these are.
    pub description: String,
    pub folder: String,
    pub programs: Vec<Program>,
    /// Made once: its users have it, so another one needs `--refreeze`.
    pub frozen: bool,
    /// Whether the repository still has what it was made from.
    pub has_source: bool,
    /// What replaces values of the release profile: values for cargo's `--config`.
    pub profile: Vec<String>,
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

/// Packages whose artefacts go into one folder.
struct Packages {
    name: &'static str,
    description: &'static str,
    /// Folders; one that ends with `/*` stands for each package in it.
    sources: &'static [&'static str],
    folder: &'static str,
}

impl ArtefactSet {
    /// The command that makes this set.
    pub fn command(&self) -> String {
        format!("cargo xtask artefacts build {}", self.name)
    }

    /// The command that makes it when it is there already.
    pub fn command_again(&self) -> String {
        let flag = if self.frozen { " --refreeze" } else { "" };
        self.command() + flag
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.root.join(&self.folder).join(file)
    }

    /// The folder of a program's package.
    pub fn source(&self, program: &Program) -> PathBuf {
        self.root.join(&program.package)
    }
}

impl Program {
    /// The folder of the package without the path to it.
    pub fn name(&self) -> &str {
        self.package.rsplit('/').next().unwrap_or(&self.package)
    }
}

/// Every set of the repository at `root`.
pub fn all(root: &Path) -> Result<Vec<ArtefactSet>> {
    let mut sets = releases(root)?;
    for packages in BESIDE_RELEASES {
        let set = packages.set(root)?;
        if !set.programs.is_empty() {
            sets.push(set);
        }
    }
    Ok(sets)
}

/// A set for each release. The newest one is made from `programs/app`; an older one is frozen and made
/// from its own folder, if that has its source.
fn releases(root: &Path) -> Result<Vec<ArtefactSet>> {
    let table = table::read(root)?;
    let newest = table.last().map(|release| release.number);
    let set = |release: table::Release| {
        let number = release.number;
        let folder = format!("releases/v{number}");
        let frozen = Some(number) != newest;
        let source = if frozen { &folder } else { NEWEST };
        let what = match frozen {
            true => "what the deployed clients were built against",
            false => "what live programs are upgraded to",
        };
        ArtefactSet {
            root: root.to_owned(),
            name: format!("v{number}"),
            description: format!("This is release {number} of the program: {what}."),
            programs: vec![Program::new(source, "app")],
            frozen,
            has_source: is_package(&root.join(source)),
            profile: release.profile,
            folder,
        }
    };
    Ok(table.into_iter().map(set).collect())
}

impl Packages {
    fn set(&self, root: &Path) -> Result<ArtefactSet> {
        let mut programs = Vec::new();
        for source in self.sources {
            for package in packages(root, source)? {
                let name = package.rsplit('/').next().unwrap_or(&package);
                programs.push(Program::new(&package, &name.replace('-', "_")));
            }
        }
        Ok(ArtefactSet {
            root: root.to_owned(),
            name: self.name.to_owned(),
            description: self.description.to_owned(),
            folder: self.folder.to_owned(),
            programs,
            frozen: false,
            has_source: true,
            profile: Vec::new(),
        })
    }
}

/// The packages that a source stands for, by name.
fn packages(root: &Path, source: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    match source.strip_suffix("/*") {
        None => found.push(source.to_owned()),
        Some(parent) if root.join(parent).is_dir() => {
            let entries = fs::read_dir(root.join(parent));
            for entry in entries.with_context(|| format!("cannot list {parent}"))? {
                let name = entry?.file_name();
                found.push(format!("{parent}/{}", name.to_string_lossy()));
            }
        }
        Some(_) => {}
    }
    found.retain(|package| is_package(&root.join(package)));
    found.sort();
    Ok(found)
}

fn is_package(folder: &Path) -> bool {
    folder.join("Cargo.toml").is_file()
}

impl Program {
    /// The program of this package, under the name of its library.
    fn new(package: &str, library: &str) -> Self {
        Self {
            package: package.to_owned(),
            elf: format!("{library}.so"),
            idl: format!("{library}.json"),
        }
    }
}

#[cfg(test)]
pub mod samples {
    use super::ArtefactSet;

    /// A set of this repository.
    pub fn set(name: &str) -> ArtefactSet {
        let sets = super::all(crate::workspace::root()).unwrap();
        sets.into_iter().find(|set| set.name == name).unwrap()
    }

    /// The newest release of this repository.
    pub fn newest() -> ArtefactSet {
        let releases = super::releases(crate::workspace::root()).unwrap();
        releases.into_iter().next_back().unwrap()
    }
}

#[cfg(test)]
mod tests {
    use {
        super::{super::check::check, samples::*, *},
        crate::workspace,
    };

    #[test]
    fn a_fixture_is_named_after_its_library() {
        let fixtures = set("fixtures");
        let lab = &fixtures.programs[1];
        assert_eq!(lab.package, "tests/programs/migration-lab");
        assert_eq!(lab.elf, "migration_lab.so");
        assert_eq!(lab.idl, "migration_lab.json");
    }

    #[test]
    fn only_a_frozen_release_asks_for_refreeze() {
        assert_eq!(
            set("v1").command_again(),
            "cargo xtask artefacts build v1 --refreeze"
        );
        assert_eq!(newest().command_again(), newest().command());
    }

    /// A repository with a third release: a folder and a line more than with two.
    fn third_release() -> tempfile::TempDir {
        let copy = tempfile::tempdir().unwrap();
        let root = copy.path();
        for folder in ["releases/v1", "releases/v2", "releases/v3", "programs/app"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        for file in [
            "releases/v1/Cargo.toml",
            "releases/v2/app.so",
            "releases/v2/app.json",
            "releases/v2/SHA256SUMS",
            "programs/app/Cargo.toml",
        ] {
            fs::copy(workspace::root().join(file), root.join(file)).unwrap();
        }
        let table =
            r#"[{ "release": 1, "profile": ["a=true"] }, { "release": 2 }, { "release": 3 }]"#;
        fs::write(root.join("releases/releases.json"), table).unwrap();
        copy
    }

    #[test]
    fn a_third_release_is_a_folder_and_a_line() {
        let copy = third_release();
        let sets = all(copy.path()).unwrap();
        let [v1, v2, v3] = &sets[..] else {
            panic!("three releases and nothing beside them")
        };
        assert_eq!(v1.programs[0].package, "releases/v1");
        assert_eq!((v1.frozen, v1.has_source), (true, true));
        assert_eq!(v1.profile, ["a=true"]);
        assert_eq!((v2.frozen, v2.has_source), (true, false));
        assert_eq!(v3.name, "v3");
        assert_eq!(v3.folder, "releases/v3");
        assert_eq!(v3.programs[0].package, "programs/app");
        assert_eq!((v3.frozen, v3.has_source), (false, true));
    }

    #[test]
    fn a_release_without_source_is_checked_by_its_checksums() {
        let copy = third_release();
        let v2 = &all(copy.path()).unwrap()[1];
        assert_eq!(check(v2).unwrap(), Vec::<String>::new());

        fs::write(v2.path("app.so"), "another").unwrap();
        let problems = check(v2).unwrap();
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(
            problems[0].starts_with("releases/v2/app.so is not what SHA256SUMS says"),
            "{problems:?}"
        );
        assert!(
            problems[0].ends_with("git restore releases/v2"),
            "{problems:?}"
        );
    }
}
