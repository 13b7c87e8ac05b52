//! The command line.

mod fleet;
mod interrupt;
mod pace;
mod plan;
mod pricing;
mod progress;
mod reports;
mod run;
mod signers;
mod verify;

use {
    anyhow::{Error, Result},
    clap::{Parser, Subcommand},
    std::{
        io::{IsTerminal, stderr},
        process::ExitCode,
    },
    tracing_subscriber::{EnvFilter, fmt::writer::MakeWriterExt},
};

/// Migrates every account of a deployed program from one layout to the next, or back.
///
/// The chain is the truth: whether an account is migrated is what its discriminator says. The journal
/// is the audit, and keeps a run that was killed from paying twice.
///
/// Exit status: 0 when everything is as it should be, 1 when accounts are left, quarantined or differ,
/// 2 when the command could not do its work.
#[derive(Parser)]
#[command(version)]
pub struct Arguments {
    /// Says more: once for what is decided, twice for every call.
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Counts the accounts, what migrating them takes and costs, and keeps a snapshot of each in a new
    /// journal. Sends nothing.
    Plan(plan::Arguments),
    /// Migrates what the plan found.
    Run(run::Arguments),
    /// Goes on with a run that was stopped or killed.
    Resume(run::ResumeArguments),
    /// Checks every account against its snapshot, and the lamports, at finalized slots.
    Verify(verify::Arguments),
    /// Plans the way back in a new journal and runs it.
    Rollback(run::RollbackArguments),
    /// Shows plan, run and verify on a cluster in this process.
    #[cfg(feature = "demo")]
    Demo(::fleet::demo::Arguments),
}

pub async fn execute(command: Command) -> Result<ExitCode> {
    match command {
        Command::Plan(arguments) => plan::execute(arguments).await,
        Command::Run(arguments) => run::execute(arguments).await,
        Command::Resume(arguments) => run::resume(arguments).await,
        Command::Verify(arguments) => verify::execute(arguments).await,
        Command::Rollback(arguments) => run::rollback(arguments).await,
        #[cfg(feature = "demo")]
        Command::Demo(arguments) => ::fleet::demo::execute(arguments).await,
    }
}

/// Messages go to the standard error stream; the environment variable `RUST_LOG` has the last word.
pub fn log(verbose: u8) {
    let level = match verbose {
        0 => "fleet=warn",
        1 => "fleet=info",
        _ => "fleet=debug",
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level));
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter);
    subscriber
        .with_writer(stderr.with_max_level(tracing::Level::TRACE))
        .with_ansi(stderr().is_terminal())
        .init();
}

/// The error with its causes, of which those are left out that it quotes itself.
pub fn told(error: &Error) -> String {
    let mut text = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use {super::*, anyhow::anyhow};

    #[test]
    fn a_cause_is_told_once() {
        let quoted = anyhow!("no such file").context("fleet.db: no such file: name another");
        assert_eq!(
            told(&quoted.context("nothing was sent")),
            "nothing was sent: fleet.db: no such file: name another"
        );
    }
}
