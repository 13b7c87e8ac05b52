//! Somebody makes configs, has them migrated at the payer's expense, and closes them.

use {
    crate::{
        cluster::FIRST_SLOT,
        fixture::{SOL, fixture, rent, wallet},
        scenario::{Route, Scenario},
        schedule::{Played, run},
        world::{Action, Event, Owner},
    },
    fastrand::Rng,
};

const RATE: u64 = 5_080;
/// Lamports that a config lacks to be migrated: what each round of farming moves.
const LACK: u64 = 243_840;
/// Two signatures.
const FEE: u64 = 10_000;
const PLANNED: usize = 12;
/// Configs that are made after the plan.
const NEW: usize = 5;

fn owner(number: usize) -> Owner {
    fixture().owners[number]
}

/// The config of [`RICH`] held so much more than its rent when it was planned that it lacked nothing.
const RICH: usize = 3;

/// Release 1's configs, and farmers at work from the moment of the plan.
fn farmed() -> Scenario {
    let mut scenario = Scenario::calm(Route::Many, PLANNED);
    scenario.lamports_per_byte = RATE;
    for (address, account) in &mut scenario.accounts {
        if scenario.configs.contains_key(address) {
            account.lamports = rent(RATE, 48);
        }
        if *address == owner(RICH).config {
            account.lamports = rent(6_960, 48);
        }
    }
    let mut sends = |slot, action| {
        scenario
            .events
            .push((FIRST_SLOT + slot, Event::Sends(action)));
    };
    // The plan reads finalized slots: it has both as they were before.
    for number in [2, RICH] {
        sends(1, Action::Close(owner(number)));
        sends(1, Action::Initialize(owner(number), 1));
    }
    for number in PLANNED..PLANNED + NEW {
        sends(2, Action::Initialize(owner(number), 1));
    }
    // Before the first transaction is final, and again and again.
    for round in 1..=12 {
        sends(5 * round, Action::Close(owner(0)));
        sends(5 * round, Action::Initialize(owner(0), round));
    }
    // After the first run.
    sends(90, Action::Close(owner(1)));
    sends(90, Action::Initialize(owner(1), 1));
    let newcomers = (PLANNED..PLANNED + NEW).map(|number| (owner(number).key, wallet(SOL)));
    scenario.accounts.extend(newcomers);
    scenario
}

fn played(scenario: &Scenario) -> Played {
    let played = run(scenario, Rng::with_seed(1), false);
    assert_eq!(played.broken, Vec::<String>::new());
    played
}

#[test]
fn who_keeps_to_the_plan_pays_once_for_what_it_lists() {
    let mut scenario = farmed();
    scenario.crews[0].options.planned_only = true;
    let played = played(&scenario);
    let paid = (0..PLANNED).filter(|number| *number != RICH);
    let paid = paid.map(|number| (owner(number).config, LACK)).collect();
    assert_eq!(played.paid.rents, paid);
    assert_eq!(played.paid.fees, 2 * FEE);
}

/// What the schedule of [`farmed`] costs in all, with and without a budget.
fn costs(max_lamports: Option<u64>) -> u64 {
    let mut scenario = farmed();
    scenario.crews[0].options.max_lamports = max_lamports;
    let played = played(&scenario);
    let stops = u64::from(max_lamports.is_some());
    let stopped = played.counts.get("budgets reached").copied();
    assert_eq!(stopped.unwrap_or(0), stops);
    played.paid.fees + played.paid.rents.values().sum::<u64>()
}

#[test]
fn without_it_farmers_get_what_the_budget_has_left() {
    // All planned configs, the rich one made anew among them.
    let first = PLANNED as u64 * LACK + 2 * FEE;
    // A sweep finds those made after the plan, and the one that is made again and again.
    let second = first + (NEW as u64 + 1) * LACK + FEE;
    // A later run finds two that were made anew since.
    let third = second + 2 * LACK + FEE;
    assert_eq!(costs(None), third);
    assert_eq!(costs(Some(third - 1)), second);
    assert_eq!(costs(Some(second - 1)), first);
}
