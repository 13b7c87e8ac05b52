//! `cargo bench -p fleet`: plan, run and verify of a whole fleet, next to one transaction per account.
//! With `UPDATE_DOCS` in the environment, docs/fleet-benchmark.md gets the figures.
//!
//! The node is a process of its own: this program, told to be it.

mod measured;
mod naive;
mod node;
mod page;

use {
    anyhow::{Context, Result, ensure},
    measured::{Measured, measured},
    node::Node,
    serde_json::Value,
    std::{
        env, fs,
        process::{Command, Stdio},
    },
    testkit::{documented::assert_section, release::in_workspace},
};

/// Accounts that the fleet migrates.
const ACCOUNTS: usize = 100_000;
/// Accounts that are migrated one by one, with figures for more reckoned from them.
const SAMPLE: usize = 100;
/// Milliseconds of a slot, as on mainnet.
const SLOT_TIME: u64 = 200;

/// A step of the fleet.
pub struct Step {
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
        return node::serve(ACCOUNTS + SAMPLE, SLOT_TIME);
    }
    let folder = in_workspace("target/fleet-bench");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let node = Node::start(&folder)?;
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
        let page = in_workspace("docs/fleet-benchmark.md");
        assert_section(&page, "fleet-benchmark", &figures);
    }
    Ok(())
}

fn step(name: &'static str, node: &Node) -> Result<Step> {
    let report = node.folder.join(name).with_extension("json");
    let mut command = Command::new(env!("CARGO_BIN_EXE_fleet"));
    command
        .current_dir(in_workspace("."))
        .args([name, "--url", &node.url, "--idl", "releases/v2/app.json"])
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
    Ok(Step {
        name,
        fleet,
        node_seconds: node.processor_seconds()? - before,
        report: serde_json::from_slice(&report)?,
    })
}
