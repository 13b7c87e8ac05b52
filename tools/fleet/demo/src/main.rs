//! `fleet-demo`: `fleet`'s plan, run and verify, on a cluster in this process with accounts that release 1
//! made.
//!
//! Each step is a process of its own, as it is for users: this program, which has `fleet`'s subcommands.

use {
    anyhow::{Context, Result},
    clap::Parser,
    demo::{
        manifest_path, path,
        releases::{release_1, release_2},
    },
    fleet::cli,
    localnet::{Blocks, Configs, Localnet, free_port, write_key},
    std::{
        env, fs, io,
        path::{Path, PathBuf},
        process::{Command, ExitCode},
        time::Duration,
    },
};

/// Where the demo's files are, in the working directory.
const FOLDER: &str = "target/fleet-demo";

/// Makes a cluster with accounts of release 1, upgrades it, and plans, runs and verifies the migration.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// How many accounts release 1 makes.
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..))]
    accounts: u32,
    /// Milliseconds of a slot.
    #[arg(long, value_name = "MS", default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..))]
    slot_time: u64,
    #[command(subcommand)]
    step: Option<cli::Command>,
}

fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    match arguments.step {
        Some(command) => step(command),
        None => show(&arguments),
    }
}

#[tokio::main]
async fn step(command: cli::Command) -> Result<ExitCode> {
    Ok(cli::run(cli::Arguments {
        verbose: 0,
        command,
    })
    .await)
}

/// Shows each step and what it prints, and ends at the first that fails.
fn show(arguments: &Arguments) -> Result<ExitCode> {
    match fs::remove_dir_all(FOLDER) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(error).with_context(|| format!("cannot empty {FOLDER}"));
        }
        _ => fs::create_dir_all(FOLDER).with_context(|| format!("cannot create {FOLDER}"))?,
    }
    let localnet = cluster(arguments)?;
    for step in ["plan", "run", "verify"] {
        let mut command = command(step, &localnet, arguments)?;
        println!("\n$ fleet {}", words(&command));
        let status = command
            .status()
            .with_context(|| format!("fleet {step} does not start"))?;
        if !status.success() {
            println!("fleet {step}: {status}");
            return Ok(ExitCode::FAILURE);
        }
    }
    println!("\nreports: {FOLDER}/plan.html, {FOLDER}/run.html, {FOLDER}/verify.html");
    Ok(ExitCode::SUCCESS)
}

/// A cluster with the accounts and release 2, and the key of its upgrade authority in a file.
fn cluster(arguments: &Arguments) -> Result<Localnet> {
    let blocks = Blocks::Every(Duration::from_millis(arguments.slot_time));
    let mut localnet = Localnet::start(free_port()?, blocks, &[])?;
    write_key(&authority(), localnet.upgrade_authority())?;
    println!(
        "a cluster: {}, a slot every {} ms",
        localnet.rpc_url(),
        arguments.slot_time
    );
    localnet.deploy(&release_1())?;
    println!("release 1 is deployed");
    let count = arguments.accounts as usize;
    let configs = Configs::half_before_rent_fell(0, count);
    localnet.make_configs(&configs)?;
    println!("release 1 made {count} configs, half of them before rent fell");
    localnet.upgrade(&release_2())?;
    println!("the program is upgraded to release 2");
    Ok(localnet)
}

fn command(step: &str, localnet: &Localnet, arguments: &Arguments) -> Result<Command> {
    let mut command = Command::new(env::current_exe()?);
    command
        .args([step, "--url", &localnet.rpc_url(), "--manifest"])
        .arg(as_seen_from_here(manifest_path())?)
        .arg("--idl")
        .arg(as_seen_from_here(path("v2/app.json"))?)
        .args(["--journal", &format!("{FOLDER}/fleet.db")])
        .args(["--calls-per-second", "10000"])
        .args(["--html", &format!("{FOLDER}/{step}.html")]);
    if step != "verify" {
        command
            .arg("--authority")
            .arg(authority())
            .args(["--slot-time", &arguments.slot_time.to_string()]);
    }
    Ok(command)
}

fn authority() -> PathBuf {
    Path::new(FOLDER).join("authority.json")
}

/// A shorter path, for what is printed.
fn as_seen_from_here(path: PathBuf) -> Result<PathBuf> {
    let here = env::current_dir()?;
    Ok(path.strip_prefix(here).map(Path::to_owned).unwrap_or(path))
}

fn words(command: &Command) -> String {
    let words: Vec<_> = command
        .get_args()
        .map(|word| word.to_string_lossy())
        .collect();
    words.join(" ")
}
