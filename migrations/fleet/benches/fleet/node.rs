//! The node, in a process of its own.

use {
    crate::measured::{peak_kib, processor_seconds},
    anyhow::{Context, Result, bail},
    localnet::{Blocks, Configs, Localnet, free_port, write_key},
    std::{
        env,
        io::{self, BufRead, BufReader, Read},
        path::{Path, PathBuf},
        process::{Child, Command, Stdio},
        time::Duration,
    },
    testkit::release::{in_workspace, release_1, release_2_as_released},
};

/// What tells this program to be the node.
pub const ARGUMENT: &str = "--node";
const SEED: u64 = 0;
const KEY_FILE: &str = "target/fleet-bench/authority.json";

/// Serves a cluster with release 2 and accounts of release 1 until the standard input ends.
pub fn serve(accounts: usize, slot_time: u64) -> Result<()> {
    let blocks = Blocks::Every(Duration::from_millis(slot_time));
    let mut localnet = Localnet::start(free_port()?, blocks, &[])?;
    localnet.deploy(&release_1())?;
    localnet.make_configs(&configs(accounts))?;
    localnet.upgrade(&release_2_as_released())?;
    write_key(&in_workspace(KEY_FILE), localnet.upgrade_authority())?;
    println!("{}", localnet.rpc_url());
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

pub fn configs(accounts: usize) -> Configs {
    Configs::half_before_rent_fell(SEED, accounts)
}

/// The running node; it ends when this is dropped.
pub struct Node {
    pub url: String,
    pub folder: PathBuf,
    process: Child,
}

impl Node {
    pub fn start(folder: &Path) -> Result<Self> {
        let mut process = Command::new(env::current_exe()?)
            .arg(ARGUMENT)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("the node does not start")?;
        let output = process.stdout.take().context("the node has no output")?;
        let mut url = String::new();
        if BufReader::new(output).read_line(&mut url)? == 0 {
            bail!("the node ended before it said where it listens");
        }
        Ok(Self {
            url: url.trim().to_owned(),
            folder: folder.to_owned(),
            process,
        })
    }

    /// The key file of the upgrade authority.
    pub fn authority(&self) -> PathBuf {
        in_workspace(KEY_FILE)
    }

    pub fn processor_seconds(&self) -> Result<f64> {
        processor_seconds(self.process.id())
    }

    /// The most memory that it had at once, in KiB.
    pub fn memory(&self) -> Result<u64> {
        peak_kib(self.process.id())
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
