//! The fleet against a simulated cluster: real programs, virtual time, seeded faults.
//!
//! `FLEET_SCHEDULES` says how many schedules are run and `FLEET_SEED` which is the first;
//! `FLEET_TRACE=1` prints what happened in them.

mod cluster;
mod cluster_tests;
mod extremes;
mod farm;
mod faults;
mod fixture;
mod forks;
mod invariants;
mod kills;
mod ledger;
mod machine;
mod model;
mod operator;
mod parallel;
mod scenario;
mod schedule;
mod trace;
mod watch;
mod world;

use {cluster::Counts, parallel::on_every_core, schedule::caught, std::env};

/// In an ordinary run of the tests. CI has fewer for each change, and more once a week.
const SCHEDULES: u64 = 10_000;

/// So many schedules show enough only if all of [`HAPPENED`] happened in them.
const COVERING: u64 = 2_000;

/// What must have happened.
const HAPPENED: [&str; 32] = [
    "budgets reached",
    "calls rejected with 429",
    "calls rejected with 5xx",
    "calls without connection",
    "confirmed slots rolled back",
    "journals damaged",
    "journals given up",
    "journals planned anew for a new program",
    "listings too large",
    "listings truncated",
    "listings with repetitions",
    "nodes behind the minimum slot",
    "payers run dry",
    "preflights failed",
    "preflights without blockhash",
    "program upgraded",
    "rent changed",
    "runs killed",
    "runs with enough accounts",
    "runs with too many quarantined",
    "runs without answers",
    "runs without room for their journal",
    "sends dropped",
    "sends duplicated",
    "sends late",
    "slots skipped",
    "stale answers",
    "timeouts",
    "transactions expired",
    "transactions failed",
    "transactions landed",
    "transactions rolled back",
];

fn number(variable: &str, default: u64) -> u64 {
    match env::var(variable) {
        Ok(text) => text.parse().expect("a number"),
        Err(_) => default,
    }
}

#[test]
fn no_schedule_breaks_a_promise() {
    let first = number("FLEET_SEED", 0);
    let count = number("FLEET_SCHEDULES", SCHEDULES);
    let is_traced = number("FLEET_TRACE", 0) != 0;
    let mut total = Counts::new();
    let mut broken = 0;
    on_every_core(
        first..first + count,
        |seed| caught(|| schedule::run_seed(seed, is_traced)),
        |seed, outcome| {
            *total.entry("slots").or_default() += outcome.slots;
            for (what, often) in outcome.counts {
                *total.entry(what).or_default() += often;
            }
            for line in outcome.trace {
                println!("{line}");
            }
            if !outcome.broken.is_empty() {
                broken += 1;
                println!(
                    "FLEET_SEED={seed} FLEET_SCHEDULES=1 FLEET_TRACE=1 cargo test -p fleet \
                     --test simulation no_schedule -- --nocapture"
                );
            }
            for problem in outcome.broken {
                println!("    {problem}");
            }
        },
    );
    println!("{count} schedules: {total:#?}");
    assert_eq!(broken, 0, "of {count} schedules broke a promise");
    if count >= COVERING {
        for what in HAPPENED {
            assert!(total.contains_key(what), "no {what}");
        }
    }
}
