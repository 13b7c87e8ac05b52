//! Faults that seldom meet by chance.

use {
    crate::{
        cluster::{Counts, FIRST_SLOT},
        faults::Faults,
        parallel::on_every_core,
        scenario::{Route, Scenario},
        schedule::{caught, run},
        world::Event,
    },
    fastrand::Rng,
    std::ops::Range,
};

/// What the schedules of these seeds break; `each` gets what happened in one.
fn broken(
    seeds: Range<u64>,
    scenario: impl Fn(u64) -> Scenario + Sync,
    mut each: impl FnMut(&Counts) + Send,
) -> Vec<(u64, Vec<String>)> {
    let mut broken = Vec::new();
    on_every_core(
        seeds,
        |seed| {
            let scenario = scenario(seed);
            caught(|| run(&scenario, Rng::with_seed(seed), false))
        },
        |seed, outcome| {
            each(&outcome.counts);
            if !outcome.broken.is_empty() {
                broken.push((seed, outcome.broken));
            }
        },
    );
    broken
}

/// A transaction lands in the last blocks in which it can, and the node that is asked then has not seen them:
/// it has not expired.
#[test]
fn what_lands_at_the_last_moment_is_not_sent_twice() {
    let late = |_| {
        let mut scenario = Scenario::calm(Route::Many, 12);
        scenario.faults = Faults {
            until: FIRST_SLOT + 600,
            late: 1_000,
            stale: 700,
            lag: 60,
            ..Faults::NONE
        };
        scenario
    };
    let mut expired = 0;
    let broken = broken(0..400, late, |counts| {
        expired += counts.get("transactions expired").copied().unwrap_or(0);
    });
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(expired > 0, "every transaction landed in time");
}

/// The budget is what the fleet costs when it is signed. Then rent rises, and the transaction lands.
#[test]
fn a_rent_that_rises_costs_no_more_than_the_budget() {
    const FLEET: u64 = 12;
    let rising = |seed: u64| {
        let mut scenario = Scenario::calm(Route::Many, FLEET as usize);
        scenario.faults = Faults {
            until: FIRST_SLOT + 100,
            late: 1_000,
            ..Faults::NONE
        };
        scenario.events = vec![(FIRST_SLOT + 2 + seed % 12, Event::Rent(8_000))];
        let crew = &mut scenario.crews[0];
        crew.options.max_lamports = Some(FLEET * (96 - 48) * 6_960 + 10_000);
        crew.raises_budget = true;
        scenario
    };
    let mut failed = 0;
    let broken = broken(0..60, rising, |counts| {
        failed += counts.get("transactions failed").copied().unwrap_or(0);
    });
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(failed > 0, "every transaction landed before rent rose");
}
