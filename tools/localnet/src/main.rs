//! `cargo run --manifest-path tools/Cargo.toml -p localnet`: a local cluster with release 1, for clients to call.

use {
    anyhow::{Context, Result, ensure},
    clap::Parser,
    demo::{key::key, releases::program_id},
    localnet::{Blocks, Configs, Localnet, Releases, write_key},
    std::{
        fs,
        io::{self, BufRead},
        path::{Path, PathBuf},
        time::Duration,
    },
    svm_harness::Signer,
};

/// Starts a local cluster with release 1 of the program and, where there are any, the programs of the proxy
/// path, and prints where it listens. Reads commands, one per line: `upgrade` brings the program to its
/// newest release, `quit` ends the cluster, as the end of the input does.
#[derive(Parser)]
struct Arguments {
    /// Where JSON-RPC is served; subscriptions are served at the next port.
    #[arg(long, default_value_t = 8899, value_parser = clap::value_parser!(u16).range(1..65535))]
    port: u16,
    /// Milliseconds from one block to the next; without it, each transaction makes a block.
    #[arg(long, value_name = "MS", value_parser = clap::value_parser!(u64).range(1..))]
    slot_time: Option<u64>,
    /// The folder of releases: v1/app.so, v1/app.json and so on, and releases.json, which names them.
    #[arg(long, value_name = "DIR", default_value = "releases")]
    releases: PathBuf,
    /// Makes so many configs with release 1, half of them while rent was higher, so that they need no
    /// lamports to migrate.
    #[arg(long, value_name = "N", default_value_t = 0)]
    accounts: usize,
}

/// Where the keys are written, in the working directory.
const KEYS: &str = "target/localnet";
/// Who is funded, and the names of their key files.
const FUNDED: [&str; 3] = ["authority", "operator", "payer"];

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let releases = Releases::in_folder(&arguments.releases);
    let first = releases.first()?;
    ensure!(
        arguments.accounts == 0 || first.id == program_id(),
        "--accounts makes configs of the program {}, and that of {} is {}",
        program_id(),
        arguments.releases.display(),
        first.id
    );
    let blocks = match arguments.slot_time {
        Some(milliseconds) => Blocks::Every(Duration::from_millis(milliseconds)),
        None => Blocks::PerTransaction,
    };
    let funded = FUNDED.map(key);
    let mut localnet = Localnet::start(
        arguments.port,
        blocks,
        &funded.each_ref().map(Signer::pubkey),
    )?;
    for program in [vec![first], releases.proxy()?].concat() {
        localnet.deploy(&program)?;
        println!("deployed {}: {}", program.name, program.id);
    }

    let folder = Path::new(KEYS);
    fs::create_dir_all(folder).with_context(|| format!("cannot create {KEYS}"))?;
    for (name, key) in FUNDED.into_iter().zip(&funded) {
        write_key(&folder.join(name).with_extension("json"), key)?;
    }
    write_key(
        &folder.join("upgrade-authority.json"),
        localnet.upgrade_authority(),
    )?;

    if arguments.accounts > 0 {
        let configs = Configs::half_before_rent_fell(0, arguments.accounts);
        localnet.make_configs(&configs)?;
        println!("made {} configs", arguments.accounts);
    }
    println!("keys with 100 SOL each: {KEYS}/*.json");
    println!("JSON-RPC: {}", localnet.rpc_url());
    println!("WebSocket: {}", localnet.ws_url());
    println!("ready: type upgrade or quit");
    for line in io::stdin().lock().lines() {
        match line?.trim() {
            "upgrade" => {
                let (number, newest) = releases.newest()?;
                localnet.upgrade(&newest)?;
                println!("upgraded to release {number}");
            }
            "quit" => break,
            other => println!("unknown command {other:?}: type upgrade or quit"),
        }
    }
    Ok(())
}
