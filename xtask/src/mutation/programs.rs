//! The programs that the copy's sources give, and what each is made from.

use {
    crate::{
        artefacts::{
            elf,
            sets::{self, ArtefactSet, Program},
        },
        workspace,
    },
    anyhow::{Context, Result},
    serde_json::Value,
    std::{
        collections::BTreeSet,
        path::{Path, PathBuf},
    },
};

/// A program of a copy of the workspace.
pub struct BuiltProgram {
    set: usize,
    program: usize,
    /// The name of its ELF.
    pub elf: String,
    /// The folders of the packages that it is made from.
    sources: BTreeSet<PathBuf>,
}

pub struct Programs {
    root: PathBuf,
    sets: Vec<ArtefactSet>,
    pub all: Vec<BuiltProgram>,
}

impl Programs {
    /// The programs of the workspace at `root`, but for frozen releases.
    pub fn of(root: &Path) -> Result<Self> {
        let sets = sets::all(root)?;
        let metadata = workspace::metadata(&root.join("Cargo.toml"))?;
        let mut all = Vec::new();
        for (set_index, set) in sets.iter().enumerate().filter(|(_, set)| !set.frozen) {
            for (index, program) in set.programs.iter().enumerate() {
                if package(&metadata, &set.source(program)).is_none() {
                    continue;
                }
                let mut sources = BTreeSet::new();
                add_sources(&metadata, &set.source(program), &mut sources)?;
                all.push(BuiltProgram {
                    set: set_index,
                    program: index,
                    elf: program.elf.clone(),
                    sources,
                });
            }
        }
        Ok(Self {
            root: root.to_owned(),
            sets,
            all,
        })
    }

    /// Whether a program is made from this file of the copy.
    pub fn is_made_from(&self, program: &BuiltProgram, file: &str) -> bool {
        let path = self.root.join(file);
        program
            .sources
            .iter()
            .any(|folder| path.starts_with(folder))
    }

    /// The bytes of a program; an error when its source does not compile.
    pub fn build(&self, program: &BuiltProgram) -> Result<Vec<u8>> {
        let set = &self.sets[program.set];
        let program: &Program = &set.programs[program.program];
        elf::build(set, program, &self.root.join("target/elf"))
    }
}

/// What cargo says of the package in a folder, if that belongs to the workspace.
fn package<'a>(metadata: &'a Value, folder: &Path) -> Option<&'a Value> {
    let manifest = folder.join("Cargo.toml");
    let mut packages = metadata["packages"].as_array()?.iter();
    packages.find(|package| package["manifest_path"].as_str() == manifest.to_str())
}

/// Adds the folder of a package and those of the packages in the workspace that it depends on.
fn add_sources(metadata: &Value, folder: &Path, sources: &mut BTreeSet<PathBuf>) -> Result<()> {
    if !sources.insert(folder.to_owned()) {
        return Ok(());
    }
    let package = package(metadata, folder)
        .with_context(|| format!("the workspace has no package {}", folder.display()))?;
    for dependency in package["dependencies"].as_array().into_iter().flatten() {
        if let (Some(path), None) = (dependency["path"].as_str(), dependency["kind"].as_str()) {
            add_sources(metadata, Path::new(path), sources)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_made_from_what_it_depends_on() {
        let programs = Programs::of(workspace::root()).unwrap();
        let made_from = |file: &str| -> Vec<&str> {
            let made = programs.all.iter();
            made.filter(|program| programs.is_made_from(program, file))
                .map(|program| program.elf.as_str())
                .collect()
        };
        assert!(made_from("crates/account-migration/src/lib.rs").contains(&"app.so"));
        assert!(made_from("programs/app/src/lib.rs").contains(&"app.so"));
        assert!(!made_from("programs/app/src/lib.rs").contains(&"migration_lab.so"));
        assert_eq!(
            made_from("tests/programs/migration-lab/src/lib.rs"),
            ["migration_lab.so"]
        );
    }
}
