//! `fleet`: migrates every account of a deployed program.

mod cli;

use {clap::Parser, cli::Arguments, std::process::ExitCode};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    cli::log(arguments.verbose);
    match cli::execute(arguments.command).await {
        Ok(status) => status,
        Err(error) => {
            eprintln!("error: {}", cli::told(&error));
            ExitCode::from(2)
        }
    }
}
