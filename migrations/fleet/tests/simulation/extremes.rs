//! Faults that seldom meet by chance.

use {
    crate::{
        cluster::FIRST_SLOT,
        faults::Faults,
        parallel::on_every_core,
        scenario::{Call, Scenario},
        schedule::{caught, run},
    },
    fastrand::Rng,
};

const SCHEDULES: u64 = 400;

/// A transaction lands in the last blocks in which it can, and the node that is asked then has not seen them:
/// it is not dead.
#[test]
fn what_lands_at_the_last_moment_is_not_sent_twice() {
    let mut broken = Vec::new();
    let mut expired = 0;
    on_every_core(
        0..SCHEDULES,
        |seed| {
            let mut scenario = Scenario::calm(Call::Many, 12);
            scenario.faults = Faults {
                until: FIRST_SLOT + 600,
                late: 1_000,
                stale: 700,
                lag: 60,
                ..Faults::NONE
            };
            caught(|| run(&scenario, Rng::with_seed(seed), false))
        },
        |seed, outcome| {
            landed += outcome
                .counts
                .get("transactions landed")
                .copied()
                .unwrap_or(0);
            if !outcome.broken.is_empty() {
                broken.push((seed, outcome.broken));
            }
        },
    );
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(expired > 0, "every transaction landed in time");
}
