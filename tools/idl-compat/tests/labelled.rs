//! Changes whose right verdict is known, made wherever they apply to real IDLs: none that breaks
//! something may be called compatible, and none that is compatible may be called breaking.

#[path = "labelled/accounts.rs"]
mod accounts;
#[path = "labelled/instructions.rs"]
mod instructions;
#[path = "labelled/mutation.rs"]
mod mutation;
#[path = "labelled/rest.rs"]
mod rest;
#[path = "labelled/types.rs"]
mod types;
#[path = "labelled/uses.rs"]
mod uses;

use {
    account_layout::ReadIdl,
    idl_compat::{Assumptions, Report, Severity, compare},
    mutation::Mutation,
    serde_json::Value,
    std::{
        collections::{BTreeMap, BTreeSet},
        fs,
        path::Path,
    },
};

const BASES: [&str; 8] = [
    "tests/labelled/everything.json",
    "../fixtures/demo/v1/app.json",
    "../fixtures/demo/v2/app.json",
    "../fixtures/demo/proxy/migrator.json",
    "../fixtures/demo/proxy/successor.json",
    "catalogue/artefacts/baseline.json",
    "tests/labelled/migration_lab.json",
    "tests/labelled/relay.json",
];

/// Pairs of two changes that are tried of each base.
const TWO: usize = 1_000;

/// A base with all changes that apply to it.
struct Base {
    name: &'static str,
    json: Value,
    mutations: Vec<Mutation>,
}

fn bases() -> Vec<Base> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let base = |name| {
        let text =
            fs::read_to_string(root.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let json: Value = serde_json::from_str(&text).unwrap();
        let mut mutations = instructions::mutations(&json);
        mutations.extend(accounts::mutations(&json));
        mutations.extend(types::mutations(&json));
        mutations.extend(rest::mutations(&json));
        Base {
            name,
            json,
            mutations,
        }
    };
    BASES.map(base).into()
}

/// Counts by what went wrong.
#[derive(Default)]
struct Tally {
    pairs: usize,
    labels: [usize; 3],
    kinds: BTreeMap<&'static str, usize>,
    wrong: BTreeMap<&'static str, Vec<String>>,
}

impl Tally {
    fn check(&mut self, base: &Base, mutations: &[&Mutation]) {
        let names: Vec<String> = mutations
            .iter()
            .map(|it| format!("{} ({})", it.kind, it.place))
            .collect();
        let name = format!("{}: {}", base.name, names.join(" and "));
        let mut json = base.json.clone();
        let mut assumptions = String::new();
        for mutation in mutations {
            (mutation.apply)(&mut json);
            assumptions.push_str(&mutation.assumptions);
        }
        let [old, new] = [&base.json, &json].map(|json| {
            let text = json.to_string();
            ReadIdl::read(text.as_bytes(), "idl.json")
                .unwrap_or_else(|error| panic!("{name}: {error}"))
                .idl
        });
        let assumptions =
            Assumptions::parse(&assumptions).unwrap_or_else(|error| panic!("{name}: {error}"));
        assumptions
            .check(&old, &new)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let report = Report::new(compare(&old, &new, &assumptions));
        let label = mutations.iter().map(|it| it.severity).max().flatten();
        let verdict = report.severity();
        let rank = |severity: Option<Severity>| severity.unwrap_or(Severity::Notable);
        self.pairs += 1;
        self.labels[rank(label) as usize] += 1;
        for mutation in mutations {
            *self.kinds.entry(mutation.kind).or_default() += 1;
        }
        let found: BTreeSet<&str> = report
            .findings
            .iter()
            .map(|finding| finding.rule.id)
            .collect();
        let missed = mutations
            .iter()
            .find(|it| !it.rules.is_empty() && !it.rules.iter().any(|rule| found.contains(rule)));
        let wrong = if rank(verdict) < rank(label) {
            "false compatible"
        } else if rank(verdict) > rank(label) {
            "false breaking"
        } else if label.is_none() && verdict.is_some() {
            "something reported of no change"
        } else if missed.is_some() {
            "another rule"
        } else {
            return;
        };
        let reported: Vec<_> = report
            .findings
            .iter()
            .map(|it| format!("{} {}", it.rule.id, it.subject))
            .collect();
        self.wrong.entry(wrong).or_default().push(format!(
            "{name}: {label:?} expected, found {verdict:?} {reported:?}"
        ));
    }

    fn finish(&self, what: &str) {
        let Self {
            pairs,
            labels: [notable, conditional, breaking],
            ..
        } = self;
        println!(
            "{what}: {pairs} pairs of {} kinds: {breaking} breaking, {conditional} conditional, {notable} compatible",
            self.kinds.len()
        );
        for (wrong, pairs) in &self.wrong {
            println!("{wrong}: {}", pairs.len());
            pairs.iter().take(40).for_each(|pair| println!("  {pair}"));
        }
        assert!(self.wrong.is_empty(), "{:?}", self.wrong.keys());
    }
}

#[test]
fn every_change_has_its_verdict() {
    let mut tally = Tally::default();
    for base in bases() {
        for mutation in &base.mutations {
            tally.check(&base, &[mutation]);
        }
    }
    tally.finish("single changes");
    assert!(
        tally.pairs >= 500 && tally.kinds.len() >= 40,
        "{} kinds: {:?}",
        tally.kinds.len(),
        tally.kinds
    );
    assert!(tally.labels.iter().all(|count| *count >= 50));
}

#[test]
fn two_changes_are_as_severe_as_the_worse_one() {
    let mut tally = Tally::default();
    let mut state = 1_u64;
    let mut random = |end: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((state >> 33) % end as u64).unwrap()
    };
    for base in bases() {
        for _ in 0..TWO {
            let [a, b] = [(); 2].map(|()| &base.mutations[random(base.mutations.len())]);
            if a.touches.is_disjoint(&b.touches) {
                tally.check(&base, &[a, b]);
            }
        }
    }
    tally.finish("two changes");
    assert!(tally.pairs >= 500);
}
