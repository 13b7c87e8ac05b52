//! `cargo run -p localnet`: a local cluster with release 1, for clients to call.

use {
    anyhow::{Context, Result},
    clap::Parser,
    localnet::{Blocks, Configs, Localnet, write_key},
    std::{
        fs,
        io::{self, BufRead},
        time::Duration,
    },
    svm_harness::Signer,
    testkit::{
        key::key,
        release::{
            in_workspace, migrator_as_released, release_1, release_2_as_released,
            successor_as_released,
        },
    },
};

/// Starts a local cluster with release 1 of the program, the migrator and the successor, and prints
/// where it listens. Reads commands, one per line: `upgrade` brings the program to release 2, `quit`
/// ends the cluster, as the end of the input does.
#[derive(Parser)]
struct Arguments {
    /// Where JSON-RPC is served; subscriptions are served at the next port.
    #[arg(long, default_value_t = 8899, value_parser = clap::value_parser!(u16).range(1..65535))]
    port: u16,
    /// Milliseconds from one block to the next; without it, each transaction makes a block.
    #[arg(long, value_name = "MS", value_parser = clap::value_parser!(u64).range(1..))]
    slot_time: Option<u64>,
    /// Makes so many configs with release 1, half of them while rent was higher, so that they need no
    /// lamports to migrate.
    #[arg(long, value_name = "N", default_value_t = 0)]
    accounts: usize,
}

/// Who is funded, and the names of their key files in `target/localnet`.
const FUNDED: [&str; 3] = ["authority", "operator", "payer"];

fn main() -> Result<()> {
    let arguments = Arguments::parse();
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
    for program in [release_1(), migrator_as_released(), successor_as_released()] {
        localnet.deploy(&program)?;
        println!("deployed {}: {}", program.name, program.id);
    }

    let folder = in_workspace("target/localnet");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
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
    println!("keys with 100 SOL each: target/localnet/*.json");
    println!("JSON-RPC: {}", localnet.rpc_url());
    println!("WebSocket: {}", localnet.ws_url());
    println!("ready: type upgrade or quit");
    for line in io::stdin().lock().lines() {
        match line?.trim() {
            "upgrade" => {
                localnet.upgrade(&release_2_as_released())?;
                println!("upgraded to release 2");
            }
            "quit" => break,
            other => println!("unknown command {other:?}: type upgrade or quit"),
        }
    }
    Ok(())
}
