//! `cargo bench -p fleet`: plan, run and verify of a whole fleet, next to one transaction per account.
//! With `UPDATE_DOCS` in the environment, docs/benchmark.md gets the figures.
//!
//! The node is a process of its own: this program with another argument.

mod measured;
mod naive;
mod node;
mod page;

use {
    anyhow::{Context, Result, ensure},
    demo::{documented::assert_section, manifest_path, path},
    measured::{Measured, measured},
    node::NodeProcess,
    serde_json::Value,
    std::{
        env, fs,
        path::Path,
        process::{Command, Stdio},
    },
};

/// Accounts that the fleet migrates.
const ACCOUNTS: usize = 100_000;
/// Accounts that are migrated one by one, with figures for more reckoned from them.
const SAMPLE: usize = 100;
/// Milliseconds of a slot, as on mainnet.
const SLOT_TIME: u64 = 200;

/// A step of the fleet.
pub struct BenchStep {
    pub name: &'static str,
    pub fleet: Measured,
    /// Processor time of the node meanwhile, in seconds.
    pub node_seconds: f64,
    /// The step's own report.
    pub report: Value,
}

fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    if arguments.next().as_deref() == Some(node::ARGUMENT) {
        let key_file = arguments.next().context("no key file is named")?;
        return node::serve(ACCOUNTS + SAMPLE, SLOT_TIME, Path::new(&key_file));
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fleet-bench");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let node = NodeProcess::start(&folder)?;
    let naive = naive::migrate(&node, SAMPLE)?;
    let mut steps = Vec::new();
    for name in ["plan", "run", "verify"] {
        let step = step(name, &node)?;
        println!("{name}: {:.1} s", step.fleet.seconds);
        steps.push(step);
    }
    let figures = page::figures(&naive, &steps, node.memory()?)?;
    print!("{figures}");
    if env::var_os("UPDATE_DOCS").is_some() {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/benchmark.md");
        assert_section(&page, "fleet-benchmark", &figures);
    }
    Ok(())
}

fn step(name: &'static str, node: &NodeProcess) -> Result<BenchStep> {
    let report = node.folder.join(name).with_extension("json");
    let mut command = Command::new(env!("CARGO_BIN_EXE_fleet"));
    command
        .args([name, "--url", &node.url, "--manifest"])
        .arg(manifest_path())
        .arg("--idl")
        .arg(path("v2/app.json"))
        .args(["--calls-per-second", "10000", "--journal"])
        .arg(node.folder.join("fleet.db"))
        .arg("--json")
        .arg(&report)
        .stdout(Stdio::null());
    if name != "verify" {
        command
            .args(["--slot-time", &SLOT_TIME.to_string(), "--authority"])
            .arg(node.authority());
    }
    let before = node.processor_seconds()?;
    let fleet = measured(&mut command)?;
    ensure!(fleet.status.success(), "fleet {name}: {}", fleet.status);
    let report = fs::read(&report).with_context(|| format!("fleet {name} wrote no report"))?;
    Ok(BenchStep {
        name,
        fleet,
        node_seconds: node.processor_seconds()? - before,
        report: serde_json::from_slice(&report)?,
    })
}
