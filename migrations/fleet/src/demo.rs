//! `fleet demo`: this command's own plan, run and verify, on a cluster in this process with accounts that
//! release 1 made.

use {
    anyhow::{Context, Result},
    localnet::{Blocks, Configs, Localnet, free_port, write_key},
    std::{
        env, fs, io,
        path::Path,
        process::{Command, ExitCode},
        time::Duration,
    },
    testkit::release::{in_workspace, release_1, release_2_as_released},
};

/// Where the demo's files are, in the workspace.
const FOLDER: &str = "target/fleet-demo";

#[derive(clap::Args)]
pub struct Arguments {
    /// How many accounts release 1 makes.
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..))]
    accounts: u32,
    /// Milliseconds of a slot.
    #[arg(long, value_name = "MS", default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..))]
    slot_time: u64,
}

/// Shows each step and what it prints, and ends at the first that fails.
///
/// # Errors
/// When the cluster does not start, release 1 or the loader refuses something, or a file cannot be
/// written.
pub async fn execute(arguments: Arguments) -> Result<ExitCode> {
    tokio::task::spawn_blocking(move || show(&arguments)).await?
}

fn show(arguments: &Arguments) -> Result<ExitCode> {
    let workspace = in_workspace(".");
    let folder = workspace.join(FOLDER);
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(error).with_context(|| format!("cannot empty {FOLDER}"));
        }
        _ => fs::create_dir_all(&folder).with_context(|| format!("cannot create {FOLDER}"))?,
    }
    let localnet = cluster(arguments, &folder)?;
    for step in ["plan", "run", "verify"] {
        let mut command = Command::new(env::current_exe()?);
        command
            .current_dir(&workspace)
            .args([step, "--url", &localnet.rpc_url()])
            .args(["--idl", "releases/v2/app.json"])
            .args(["--journal", &format!("{FOLDER}/fleet.db")])
            .args(["--calls-per-second", "10000"])
            .args(["--html", &format!("{FOLDER}/{step}.html")]);
        if step != "verify" {
            command
                .args(["--authority", &format!("{FOLDER}/authority.json")])
                .args(["--slot-time", &arguments.slot_time.to_string()]);
        }
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

/// A cluster with the accounts and release 2, and the key of its upgrade authority in `folder`.
fn cluster(arguments: &Arguments, folder: &Path) -> Result<Localnet> {
    let blocks = Blocks::Every(Duration::from_millis(arguments.slot_time));
    let mut localnet = Localnet::start(free_port()?, blocks, &[])?;
    write_key(&folder.join("authority.json"), localnet.upgrade_authority())?;
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
    localnet.upgrade(&release_2_as_released())?;
    println!("the program is upgraded to release 2");
    Ok(localnet)
}

fn words(command: &Command) -> String {
    let words: Vec<_> = command
        .get_args()
        .map(|word| word.to_string_lossy())
        .collect();
    words.join(" ")
}
