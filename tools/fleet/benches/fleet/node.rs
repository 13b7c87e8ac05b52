//! The node, in a process of its own.

use {
    crate::measured::{peak_kib, processor_seconds},
    anyhow::{Context, Result, bail},
    demo::releases::{release_1, release_2},
    localnet::{Blocks, Configs, Localnet, free_port, write_key},
    std::{
        env,
        io::{self, BufRead, BufReader, Read},
        path::{Path, PathBuf},
        process::{Child, Command, Stdio},
        time::Duration,
    },
};

/// The argument that makes this program the node.
pub const ARGUMENT: &str = "--node";
const SEED: u64 = 0;

/// Serves a cluster with release 2 and accounts of release 1 until the standard input ends, and writes the
/// key of its upgrade authority to the file.
pub fn serve(accounts: usize, slot_time: u64, key_file: &Path) -> Result<()> {
    let blocks = Blocks::Every(Duration::from_millis(slot_time));
    let mut localnet = Localnet::start(free_port()?, blocks, &[])?;
    localnet.deploy(&release_1())?;
    localnet.make_configs(&configs(accounts))?;
    localnet.upgrade(&release_2())?;
    write_key(key_file, localnet.upgrade_authority())?;
    println!("{}", localnet.rpc_url());
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

pub fn configs(accounts: usize) -> Configs {
    Configs::half_before_rent_fell(SEED, accounts)
}

/// The running node; it ends when this is dropped.
pub struct NodeProcess {
    pub url: String,
    pub folder: PathBuf,
    process: Child,
}

impl NodeProcess {
    pub fn start(folder: &Path) -> Result<Self> {
        let mut process = Command::new(env::current_exe()?)
            .arg(ARGUMENT)
            .arg(key_file(folder))
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
        key_file(&self.folder)
    }

    pub fn processor_seconds(&self) -> Result<f64> {
        processor_seconds(self.process.id())
    }

    /// The most memory that it had at once, in KiB.
    pub fn memory(&self) -> Result<u64> {
        peak_kib(self.process.id())
    }
}

fn key_file(folder: &Path) -> PathBuf {
    folder.join("authority.json")
}

impl Drop for NodeProcess {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
