//! `fleet`: migrates every account of a deployed program.

use {
    clap::Parser,
    fleet::cli::{self, Arguments},
    std::process::ExitCode,
};

#[tokio::main]
async fn main() -> ExitCode {
    cli::run(Arguments::parse()).await
}
