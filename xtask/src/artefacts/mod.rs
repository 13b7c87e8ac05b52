//! Makes the committed binaries and IDLs, and checks that they are what their source gives.
//!
//! - [`table`]: `releases/releases.json`, the table of releases;
//! - [`sets`]: which committed folder comes from which packages;
//! - [`elf`]: a program's bytes, by `cargo build-sbf`;
//! - [`idl`]: its IDL;
//! - [`checksums`] and [`provenance`]: the two text files beside the artefacts;
//! - [`make`]: writes a folder; [`check`]: compares a folder with what its source gives.

mod check;
mod checksums;
pub mod elf;
mod idl;
mod make;
mod provenance;
pub mod sets;
mod table;

use {
    crate::workspace,
    anyhow::{Context, Result, bail},
    clap::Subcommand,
};

#[derive(Subcommand)]
pub enum ArtefactsCommand {
    /// Builds a set of artefacts and writes them where they are committed.
    Build {
        /// A release (`v2`), or `proxy`, `proxy-fixtures`, `fixtures` or `catalogue`
        set: String,
        /// Makes a frozen release again.
        #[arg(long)]
        refreeze: bool,
        /// Builds this package of the set alone and keeps the others' artefacts: `argument-added`.
        #[arg(long, value_name = "PACKAGE")]
        only: Option<String>,
    },
    /// Rebuilds everything and fails if a committed artefact differs.
    Check,
}

pub fn run(command: ArtefactsCommand) -> Result<()> {
    let sets = sets::all(workspace::root())?;
    match command {
        ArtefactsCommand::Build {
            set: name,
            refreeze,
            only,
        } => {
            let set = sets.iter().find(|set| set.name == name);
            let names: Vec<_> = sets.iter().map(|set| set.name.as_str()).collect();
            let set = set.with_context(|| {
                format!("there is no set {name}, but there are {}", names.join(", "))
            })?;
            make::make(set, refreeze, only.as_deref())
        }
        ArtefactsCommand::Check => check_all(&sets),
    }
}

fn check_all(sets: &[sets::ArtefactSet]) -> Result<()> {
    let mut problems = Vec::new();
    for set in sets {
        let found = check::check(set)?;
        match (found.is_empty(), set.has_source) {
            (false, _) => {}
            (true, true) => println!("{}: up to date", set.folder),
            (true, false) => println!(
                "{}: as {} says; not built, because its source is not kept",
                set.folder,
                checksums::FILE
            ),
        }
        problems.extend(found);
    }
    if problems.is_empty() {
        return Ok(());
    }
    for problem in &problems {
        eprintln!("\n{problem}");
    }
    bail!("{} problem(s) with the committed artefacts", problems.len())
}
