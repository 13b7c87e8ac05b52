//! The command line, for `fleet` and for programs that have it as a subcommand.

mod interrupt;
mod pace;
mod plan;
mod pricing;
mod progress_bar;
mod reports;
mod run;
mod signers;
mod target;
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
    Plan(plan::PlanArguments),
    /// Migrates what the plan found.
    Run(run::RunArguments),
    /// Goes on with a run that was stopped or killed.
    Resume(run::ResumeArguments),
    /// Checks every account against its snapshot, and the lamports, at finalized slots.
    Verify(verify::VerifyArguments),
    /// Plans the way back in a new journal and runs it.
    Rollback(run::RollbackArguments),
}

/// Runs the command to its end. An error goes to the standard error stream.
pub async fn run(arguments: Arguments) -> ExitCode {
    log(arguments.verbose);
    match execute(arguments.command).await {
        Ok(status) => status,
        Err(error) => {
            eprintln!("error: {}", with_causes(&error));
            ExitCode::from(2)
        }
    }
}

async fn execute(command: Command) -> Result<ExitCode> {
    match command {
        Command::Plan(arguments) => plan::execute(arguments).await,
        Command::Run(arguments) => run::execute(arguments).await,
        Command::Resume(arguments) => run::resume(arguments).await,
        Command::Verify(arguments) => verify::execute(arguments).await,
        Command::Rollback(arguments) => run::rollback(arguments).await,
    }
}

/// Messages go to the standard error stream; the environment variable `RUST_LOG` has the last word.
fn log(verbose: u8) {
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
fn with_causes(error: &Error) -> String {
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
    fn a_cause_is_printed_once() {
        let quoted = anyhow!("no such file").context("fleet.db: no such file: name another");
        assert_eq!(
            with_causes(&quoted.context("nothing was sent")),
            "nothing was sent: fleet.db: no such file: name another"
        );
    }
}
