//! `cargo run -p localnet`: a local cluster with release 1, for clients to call.

use {
    anyhow::{Context, Result},
    clap::Parser,
    localnet::{Localnet, forward::forward},
    std::{
        fs,
        io::{self, BufRead},
        path::Path,
    },
    surfpool_sdk::{Keypair, Signer},
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
}

/// Who is funded, and the names of their key files in `target/localnet`.
const FUNDED: [&str; 3] = ["authority", "operator", "payer"];

#[tokio::main]
async fn main() -> Result<()> {
    let Arguments { port } = Arguments::parse();
    let funded = FUNDED.map(key);
    let mut localnet = Localnet::start(funded.iter().map(Signer::pubkey).collect()).await?;
    for program in [release_1(), migrator_as_released(), successor_as_released()] {
        localnet.deploy(&program)?;
        println!("deployed {}: {}", program.name, program.id);
    }

    let folder = in_workspace("target/localnet");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    for (name, key) in FUNDED.into_iter().zip(&funded) {
        write_key(&folder, name, key)?;
    }
    write_key(&folder, "upgrade-authority", localnet.upgrade_authority())?;

    forward(port, authority_of(localnet.rpc_url())).await?;
    forward(port + 1, authority_of(localnet.ws_url())).await?;
    println!("keys with 100 SOL each: target/localnet/*.json");
    println!("JSON-RPC: http://127.0.0.1:{port}");
    println!("WebSocket: ws://127.0.0.1:{}", port + 1);
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

/// The host and port of a URL without a path.
fn authority_of(url: &str) -> String {
    let (_scheme, authority) = url.split_once("://").unwrap_or(("", url));
    authority.to_owned()
}

/// Writes a key in the form of `solana-keygen`.
fn write_key(folder: &Path, name: &str, key: &Keypair) -> Result<()> {
    let path = folder.join(name).with_extension("json");
    let bytes: Vec<String> = key.to_bytes().iter().map(u8::to_string).collect();
    fs::write(&path, format!("[{}]\n", bytes.join(",")))
        .with_context(|| format!("cannot write {}", path.display()))
}
