//! What the old client does.

use serde_json::{Map, Value, json};

/// A few instructions on accounts that the baseline made.
pub struct Probe {
    pub name: &'static str,
    /// Sent to the baseline, before the upgrade.
    pub before: Vec<Step>,
    /// Sent to the changed program.
    pub after: Vec<Step>,
    /// Whether the authority is one that has no accounts when the upgrade comes.
    pub newcomer: bool,
}

/// An instruction of the baseline's IDL.
pub struct Step {
    pub instruction: &'static str,
    pub args: Map<String, Value>,
    /// Accounts behind those of the IDL: remaining accounts.
    pub remaining: Vec<String>,
}

fn step(instruction: &'static str, args: Value) -> Step {
    let Value::Object(args) = args else {
        unreachable!("arguments are given by name")
    };
    Step {
        instruction,
        args,
        remaining: Vec::new(),
    }
}

fn probe(name: &'static str, before: Vec<Step>, after: Vec<Step>) -> Probe {
    Probe {
        name,
        before,
        after,
        newcomer: false,
    }
}

/// What sets an authority up: the baseline's `create` and `open_archive`.
pub fn setup() -> Vec<Step> {
    vec![create(), step("open_archive", json!({}))]
}

/// Every probe; each runs on accounts of its own.
pub fn probes() -> Vec<Probe> {
    vec![
        probe("read", vec![], vec![]),
        probe("deposit", vec![], vec![deposit(100)]),
        probe("deposit_above_limit", vec![], vec![deposit(1_001)]),
        probe("deposit_when_frozen", vec![freeze()], vec![deposit(100)]),
        probe("record", vec![], vec![record()]),
        probe("record_delegated", vec![delegate(true)], vec![record()]),
        probe(
            "record_undelegated",
            vec![delegate(true), delegate(false)],
            vec![record()],
        ),
        probe("tally", vec![], vec![step("tally", json!({}))]),
        probe(
            "tally_remaining",
            vec![],
            vec![Step {
                remaining: vec!["observer".into(), "auditor".into()],
                ..step("tally", json!({}))
            }],
        ),
        probe("delegate", vec![], vec![delegate(true)]),
        probe("set_mode", vec![], vec![freeze(), record()]),
        probe(
            "adjust",
            vec![],
            vec![step("adjust", json!({ "side": "Subtract", "amount": 2 }))],
        ),
        probe("sweep", vec![], vec![step("sweep", json!({}))]),
        Probe {
            newcomer: true,
            ..probe("create", vec![], vec![create(), deposit(100), record()])
        },
    ]
}

fn create() -> Step {
    step("create", json!({ "value": 7 }))
}

fn deposit(amount: u64) -> Step {
    step(
        "deposit",
        json!({ "amount": amount, "fee": 3, "legacy": 9 }),
    )
}

fn record() -> Step {
    step("record", json!({}))
}

fn freeze() -> Step {
    step("set_mode", json!({ "mode": "Frozen" }))
}

/// Sets a delegate, or clears it; its 32 bytes then stay behind the value.
fn delegate(set: bool) -> Step {
    const DELEGATE: &str = "8opHzTAnfzRpPEx21XtnrVTX28YQuCpAjcn1PczScKh";
    step("delegate", json!({ "delegate": set.then_some(DELEGATE) }))
}
