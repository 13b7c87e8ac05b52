//! What maintainers run, as `cargo xtask COMMAND`.

mod artefacts;
mod lines;
mod mutation;
mod pictures;
mod remove_proxy;
mod style;
mod workspace;

use {
    anyhow::{Context, Result, ensure},
    artefacts::ArtefactsCommand,
    clap::{Parser, Subcommand},
    mutation::mutants::Mutants,
    std::process::Command,
};

/// What maintainers run: artefacts, compute units, pictures, and the rules of the house.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: XtaskCommand,
}

#[derive(Subcommand)]
enum XtaskCommand {
    /// Builds the committed binaries and IDLs, or checks that their source gives them.
    #[command(subcommand)]
    Artefacts(ArtefactsCommand),
    /// Measures every instruction and writes docs/compute-units.md.
    ComputeUnits {
        /// Compares with the page instead of writing it.
        #[arg(long)]
        check: bool,
    },
    /// Draws the layouts of the documentation with tools/idl-compat.
    Pictures {
        /// Compares with the pictures instead of writing them.
        #[arg(long)]
        check: bool,
    },
    /// Counts what a forking team reads and keeps green.
    Lines,
    /// Checks the rules for `use`, for names of types and for the length of functions.
    Style,
    Mutants(Mutants),
    /// Plants each bug of the tables in the real programs and fails if its test misses it; all of them
    /// write docs/planted-bugs.md.
    PlantedBugs {
        /// Only these
        names: Vec<String>,
    },
    RemoveProxy(remove_proxy::RemoveProxy),
}

fn main() -> Result<()> {
    // `cargo run` sets this for its children, and anchor-lang-idl 0.1.4 hands cargo a literal
    // "+{toolchain}" when it is set.
    // SAFETY: nothing has started a thread yet, so no one reads the environment meanwhile.
    unsafe { std::env::remove_var("RUSTUP_TOOLCHAIN") };

    match Arguments::parse().command {
        XtaskCommand::Artefacts(command) => artefacts::run(command),
        XtaskCommand::ComputeUnits { check } => compute_units(check),
        XtaskCommand::Pictures { check } => pictures::run(check),
        XtaskCommand::Lines => lines::run(),
        XtaskCommand::Style => style::run(),
        XtaskCommand::Mutants(options) => mutation::mutants::run(&options),
        XtaskCommand::PlantedBugs { names } => mutation::planted_bugs::run(&names),
        XtaskCommand::RemoveProxy(arguments) => remove_proxy::run(&arguments.copy),
    }
}

/// Runs the package that measures. It compiles a whole SVM, which no other command here waits for.
fn compute_units(check: bool) -> Result<()> {
    let status = Command::new("cargo")
        .current_dir(workspace::root())
        .args(["run", "--package", "compute-units", "--"])
        .args(check.then_some("--check"))
        .status()
        .context("cannot run cargo")?;
    ensure!(status.success(), "compute-units failed");
    Ok(())
}
