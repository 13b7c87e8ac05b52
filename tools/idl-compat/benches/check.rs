//! How long a full report on two IDLs of a megabyte each takes: reading both, comparing, writing the
//! text. `cargo bench -p idl-compat`.

use {
    account_layout::ReadIdl,
    divan::{Bencher, black_box},
    idl_compat::{
        Assumptions, Report, Severity,
        accept::Acceptances,
        compare,
        report::{self, Check, Document, Pair},
    },
    serde_json::{Value, json},
};

fn main() {
    divan::main();
}

/// Of how many things one changed.
#[derive(Clone, Copy)]
enum Changed {
    None,
    OneInAHundred,
    All,
}

impl Changed {
    fn hits(self, index: usize) -> bool {
        match self {
            Self::None => false,
            Self::OneInAHundred => index % 100 == 7,
            Self::All => true,
        }
    }
}

#[divan::bench]
fn equal(bencher: Bencher) {
    full_report(bencher, Changed::None);
}

#[divan::bench]
fn one_in_a_hundred_changed(bencher: Bencher) {
    full_report(bencher, Changed::OneInAHundred);
}

#[divan::bench]
fn all_changed(bencher: Bencher) {
    full_report(bencher, Changed::All);
}

fn full_report(bencher: Bencher, changed: Changed) {
    let old = program(Changed::None);
    let new = program(changed);
    assert!(old.len() >= 1_000_000, "{} bytes", old.len());
    bencher.bench(|| report_on(black_box(&old), black_box(&new)));
}

fn report_on(old: &str, new: &str) -> String {
    let [old, new] = [("old.json", old), ("new.json", new)].map(|(name, text)| Document {
        read: ReadIdl::read(text.as_bytes(), name).unwrap(),
        text: text.to_owned(),
        is_file: true,
    });
    let report = Report::new(compare(
        &old.read.idl,
        &new.read.idl,
        &Assumptions::default(),
    ));
    let check = Check {
        new,
        pairs: vec![Pair {
            old,
            findings: Acceptances::default().judge(report.findings),
        }],
        stale: Vec::new(),
        fail_on: Severity::Breaking,
    };
    report::text(&check, false)
}

/// Pretty JSON of an IDL with instructions, accounts and types.
fn program(changed: Changed) -> String {
    let things = 0..560;
    let value = |index| if changed.hits(index) { "u32" } else { "u64" };
    let instruction = |index: usize| {
        json!({
            "name": format!("instruction_{index}"),
            "docs": ["Does what it says, to the accounts that it takes."],
            "discriminator": discriminator(1, index),
            "accounts": [
                { "name": "state", "writable": true },
                { "name": "authority", "signer": true },
                { "name": "other", "writable": changed.hits(index) },
            ],
            "args": [
                { "name": "amount", "type": value(index) },
                { "name": "limits", "type": { "defined": { "name": format!("Limits{index}") } } },
            ],
        })
    };
    let account = |index: usize| json!({ "name": format!("State{index}"), "discriminator": discriminator(2, index) });
    let types = |index: usize| {
        [
            json!({ "name": format!("State{index}"), "type": { "kind": "struct", "fields": [
                { "name": "authority", "type": "pubkey" },
                { "name": "value", "type": value(index) },
                { "name": "limits", "type": { "defined": { "name": format!("Limits{index}") } } },
                { "name": "list", "type": { "vec": "pubkey" } },
            ] } }),
            json!({ "name": format!("Limits{index}"), "type": { "kind": "struct", "fields": [
                { "name": "per_day", "type": "u64" },
                { "name": "per_hour", "type": value(index) },
                { "name": "kind", "type": { "option": "u8" } },
            ] } }),
        ]
    };
    let idl: Value = json!({
        "address": "11111111111111111111111111111111",
        "metadata": { "name": "large", "version": "1.0.0", "spec": "0.1.0" },
        "instructions": things.clone().map(instruction).collect::<Vec<_>>(),
        "accounts": things.clone().map(account).collect::<Vec<_>>(),
        "types": things.flat_map(types).collect::<Vec<_>>(),
    });
    serde_json::to_string_pretty(&idl).unwrap()
}

fn discriminator(kind: u8, index: usize) -> [u8; 8] {
    let mut bytes = [kind; 8];
    bytes[..4].copy_from_slice(&u32::try_from(index).unwrap().to_le_bytes());
    bytes
}
