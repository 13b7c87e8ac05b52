//! Makes the artefacts of a release, and checks that what is committed is what the source gives.
//!
//! - [`release`]: the table of releases and fixtures, which folder comes from which package;
//! - [`elf`]: a program's bytes, by `cargo build-sbf`;
//! - [`idl`]: its IDL;
//! - [`checksums`] and [`provenance`]: the two text files beside the artefacts;
//! - [`make`]: writes a folder; [`check`]: compares a folder with what its source gives.

mod check;
mod checksums;
mod elf;
mod idl;
mod make;
mod provenance;
mod release;

use {
    anyhow::{Result, bail},
    clap::{Parser, Subcommand, ValueEnum},
    release::ArtefactSet,
};

#[derive(Parser)]
#[command(about = "Makes the artefacts of a release, and checks those that are committed")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds the artefacts and writes them where they are committed.
    Build {
        what: What,
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

#[derive(Clone, Copy, ValueEnum)]
enum What {
    V1,
    V2,
    /// The programs under tests/programs.
    Fixtures,
    /// The programs under catalogue.
    Catalogue,
}

fn main() -> Result<()> {
    // `cargo run` sets this for its children, and anchor-lang-idl 0.1.4 hands cargo a literal
    // "+{toolchain}" when it is set.
    // SAFETY: nothing has started a thread yet, so no one reads the environment meanwhile.
    unsafe { std::env::remove_var("RUSTUP_TOOLCHAIN") };

    match Arguments::parse().command {
        Command::Build {
            what,
            refreeze,
            only,
        } => make::make(&what.set()?, refreeze, only.as_deref()),
        Command::Check => check_all(),
    }
}

impl What {
    fn set(self) -> Result<ArtefactSet> {
        match self {
            Self::V1 => Ok(release::v1()),
            Self::V2 => Ok(release::v2()),
            Self::Fixtures => release::fixtures(),
            Self::Catalogue => release::catalogue(),
        }
    }
}

fn check_all() -> Result<()> {
    let mut problems = Vec::new();
    for set in release::all()? {
        let found = check::check(&set)?;
        if found.is_empty() {
            println!("{}: up to date", set.folder);
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
