//! The command is killed at every point where it waits, and started again.

use {
    crate::{
        cluster::FIRST_SLOT,
        faults::Faults,
        parallel::on_every_core,
        scenario::{Route, Scenario},
        schedule::{caught, run},
        world::{Action, Event},
    },
    fastrand::Rng,
};

/// More than any of these runs is polled.
const MOST_POLLS: u64 = 100_000;
/// Polls that are tried at once.
const AT_ONCE: u64 = 200;

/// Kills the first run of `fleet plan` and `fleet run` after every number of polls, until there is one
/// at which it had ended.
fn kill_everywhere(name: &str, scenario: impl Fn() -> Scenario + Sync) {
    let mut kills = 0;
    let mut polls = 1;
    let mut broken = Vec::new();
    while kills + 1 == polls && broken.is_empty() {
        assert!(polls < MOST_POLLS, "{name} does not end");
        on_every_core(
            polls..polls + AT_ONCE,
            |polls| {
                let mut scenario = scenario();
                let polls = u32::try_from(polls).expect("few");
                scenario.crews[0].kills = vec![polls];
                caught(|| run(&scenario, Rng::with_seed(1), false))
            },
            |polls, outcome| {
                if !outcome.broken.is_empty() {
                    broken.push((polls, outcome.broken));
                }
                kills += outcome.counts.get("runs killed").copied().unwrap_or(0);
            },
        );
        polls += AT_ONCE;
    }
    println!("{name}: {kills} kills");
    assert!(
        broken.is_empty(),
        "{name}, killed after so many polls: {broken:#?}"
    );
    assert!(kills > 50, "{name} has too little to kill: {kills}");
}

#[test]
fn killed_while_it_migrates() {
    kill_everywhere("a fleet", || Scenario::calm(Route::Many, 6));
}

#[test]
fn killed_while_it_splits_a_batch() {
    kill_everywhere("a fleet with an account that cannot be migrated", || {
        let mut scenario = Scenario::calm(Route::Many, 4);
        scenario.add_odd(&mut Rng::with_seed(0));
        scenario
    });
}

#[test]
fn killed_while_it_migrates_each_alone() {
    kill_everywhere("a fleet without a batch instruction", || {
        Scenario::calm(Route::Each, 12)
    });
}

#[test]
fn killed_while_it_rolls_back() {
    kill_everywhere("a rollback", || Scenario::calm(Route::Rollback, 6));
}

#[test]
fn killed_while_owners_change_the_fleet() {
    kill_everywhere("a fleet in use", || {
        let mut scenario = Scenario::calm(Route::Many, 6);
        let owner = |number: usize| crate::fixture::fixture().owners[number];
        let sends = |slot, action| (FIRST_SLOT + slot, Event::Sends(action));
        scenario.events = vec![
            sends(2, Action::Update(owner(0), 9)),
            sends(3, Action::Migrate(owner(1))),
            sends(4, Action::Close(owner(2))),
            sends(20, Action::Close(owner(3))),
            sends(40, Action::Initialize(owner(2), 5)),
        ];
        scenario
    });
}

#[test]
fn killed_while_nothing_that_it_sends_arrives() {
    kill_everywhere("a fleet on a deaf cluster", || {
        let mut scenario = Scenario::calm(Route::Many, 3);
        scenario.faults = Faults {
            until: FIRST_SLOT + 20,
            dropped: 1_000,
            ..Faults::NONE
        };
        scenario
    });
}
