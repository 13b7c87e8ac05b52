//! Whatever the engine does in whatever order, the journal agrees with a model of it.

use {
    super::support::*,
    crate::journal::{Attempt, Journal, Outcome, State, Totals},
    proptest::{collection::vec, prelude::*, sample::subsequence},
    solana_pubkey::Pubkey,
    std::collections::BTreeMap,
};

const ACCOUNTS: u64 = 8;

#[derive(Clone, Debug)]
enum Change {
    Plan(Vec<u64>),
    Begin(Vec<Vec<u64>>),
    /// The attempt at this place, open or not.
    Finish(usize, Ending, Vec<Now>),
    Set(u64, Now),
    Requeue,
    Reopen,
}

#[derive(Clone, Copy, Debug)]
enum Ending {
    Landed,
    Failed,
    Expired,
    NotSent,
}

/// What an account is found to be.
#[derive(Clone, Copy, Debug)]
enum Now {
    Pending,
    Migrated(u64),
    ByOthers,
    Closed,
    Quarantined,
}

fn numbers() -> impl Strategy<Value = Vec<u64>> {
    subsequence((0..ACCOUNTS).collect::<Vec<_>>(), 0..=4)
}

fn now() -> impl Strategy<Value = Now> {
    prop_oneof![
        2 => Just(Now::Pending),
        4 => (0..500u64).prop_map(Now::Migrated),
        1 => Just(Now::ByOthers),
        1 => Just(Now::Closed),
        1 => Just(Now::Quarantined),
    ]
}

fn step() -> impl Strategy<Value = Change> {
    let end = prop_oneof![
        Just(Ending::Landed),
        Just(Ending::Failed),
        Just(Ending::Expired),
        Just(Ending::NotSent)
    ];
    prop_oneof![
        2 => numbers().prop_map(Change::Plan),
        6 => vec(numbers(), 1..3).prop_map(Change::Begin),
        6 => (0..8usize, end, vec(now(), 4)).prop_map(|(place, end, now)| Change::Finish(place, end, now)),
        3 => (0..ACCOUNTS, now()).prop_map(|(number, now)| Change::Set(number, now)),
        1 => Just(Change::Requeue),
        2 => Just(Change::Reopen),
    ]
}

/// What the journal must know.
#[derive(Clone, Default)]
struct Model {
    accounts: BTreeMap<Pubkey, State>,
    /// Lamports of each migration of ours, by account and attempt.
    paid: BTreeMap<(Pubkey, u64), u64>,
    attempts: Vec<(Attempt, Option<Outcome>)>,
}

impl Model {
    fn is_in_flight(&self, address: &Pubkey) -> bool {
        let open = self
            .attempts
            .iter()
            .filter(|(_, outcome)| outcome.is_none());
        let naming = open.filter(|(attempt, _)| attempt.addresses().any(|one| one == *address));
        let count = naming.count();
        assert!(count <= 1);
        count == 1
    }

    fn set(&mut self, address: Pubkey, state: State, seed: u64) {
        if let State::Migrated {
            signature: Some(_),
            top_up,
            ..
        } = state
        {
            self.paid.insert((address, seed), top_up);
        }
        self.accounts.insert(address, state);
    }

    fn totals(&self) -> Totals {
        let mut totals = Totals {
            planned: self.accounts.len() as u64,
            top_up: self.paid.values().sum(),
            ..Totals::default()
        };
        for state in self.accounts.values() {
            *match state {
                State::Pending => &mut totals.pending,
                State::InFlight => &mut totals.in_flight,
                State::Migrated {
                    signature: Some(_), ..
                } => &mut totals.migrated,
                State::Migrated {
                    signature: None, ..
                } => &mut totals.by_others,
                State::Closed { .. } => &mut totals.closed,
                State::Quarantined { .. } => &mut totals.quarantined,
            } += 1;
        }
        for (attempt, outcome) in &self.attempts {
            *match outcome {
                None => &mut totals.open,
                Some(Outcome::Landed { error: None, .. }) => &mut totals.landed,
                Some(Outcome::Landed { .. }) => &mut totals.failed,
                Some(Outcome::Expired) => &mut totals.expired,
                Some(Outcome::NotSent { .. }) => &mut totals.not_sent,
            } += 1;
            match outcome {
                None => totals.reserved += attempt.most_lamports(),
                Some(Outcome::Landed { .. }) => totals.fees += attempt.fee,
                Some(_) => {}
            }
        }
        totals
    }
}

fn found(number_address: Pubkey, now: Now, seed: u64) -> (Pubkey, State) {
    let state = match now {
        Now::Pending => State::Pending,
        Now::Migrated(top_up) => State::Migrated {
            signature: Some(signature(seed)),
            top_up,
            lamports_after: 1,
        },
        Now::ByOthers => by_others(0).1,
        Now::Closed => closed(0).1,
        Now::Quarantined => quarantined(0).1,
    };
    (number_address, state)
}

type Agreed = Result<(), TestCaseError>;

/// Does the step on both, which must agree whether it can be done.
fn take(journal: &mut Journal, model: &mut Model, step: &Change) -> Agreed {
    match step {
        Change::Plan(numbers) => plan(journal, model, numbers),
        Change::Begin(batches) => begin(journal, model, batches),
        Change::Finish(index, end, now) => finish(journal, model, *index, end, now),
        Change::Set(number, now) => set(journal, model, *number, *now),
        Change::Requeue => requeue(journal, model),
        Change::Reopen => Ok(()),
    }
}

fn plan(journal: &mut Journal, model: &mut Model, numbers: &[u64]) -> Agreed {
    let before = model.accounts.len();
    for number in numbers {
        model
            .accounts
            .entry(address(*number))
            .or_insert(State::Pending);
    }
    let listed: Vec<_> = numbers.iter().copied().map(account).collect();
    let new = add_planned(journal, &listed, 10).unwrap();
    prop_assert_eq!(new, model.accounts.len() - before);
    Ok(())
}

fn begin(journal: &mut Journal, model: &mut Model, batches: &[Vec<u64>]) -> Agreed {
    let first = model.attempts.len() as u64;
    let attempts: Vec<_> = (first..)
        .zip(batches)
        .map(|(seed, numbers)| attempt(seed, numbers))
        .collect();
    let mut after = model.clone();
    let begun = attempts.iter().all(|attempt| {
        after.attempts.push((attempt.clone(), None));
        attempt
            .addresses()
            .all(|address| after.accounts.insert(address, State::InFlight) == Some(State::Pending))
    });
    prop_assert_eq!(journal.begin_attempts(&attempts).is_ok(), begun);
    if begun {
        *model = after;
    }
    Ok(())
}

fn finish(
    journal: &mut Journal,
    model: &mut Model,
    index: usize,
    end: &Ending,
    now: &[Now],
) -> Agreed {
    let Some((attempt, outcome)) = model.attempts.get(index).cloned() else {
        return Ok(());
    };
    let seed = index as u64;
    let end = match end {
        Ending::Landed => landed(50),
        Ending::Failed => failed(50),
        Ending::Expired => Outcome::Expired,
        Ending::NotSent => not_sent(),
    };
    let found = attempt
        .addresses()
        .zip(now)
        .map(|(address, now)| found(address, *now, seed));
    let states: Vec<_> = found.collect();
    let mut after = model.clone();
    after.attempts[index].1 = Some(end.clone());
    let allowed = outcome.is_none()
        || !states
            .iter()
            .any(|(address, _)| after.is_in_flight(address));
    for (address, state) in states.iter().cloned() {
        after.set(address, state, seed);
    }
    let finished = (attempt.signature, end, states);
    prop_assert_eq!(journal.finish_attempts(&[finished]).is_ok(), allowed);
    if allowed {
        *model = after;
    }
    Ok(())
}

fn set(journal: &mut Journal, model: &mut Model, number: u64, now: Now) -> Agreed {
    let address = address(number);
    // Only the attempts themselves say what they migrated.
    let now = if matches!(now, Now::Migrated(_)) {
        Now::ByOthers
    } else {
        now
    };
    let (address, state) = found(address, now, 0);
    let allowed = model.accounts.contains_key(&address) && !model.is_in_flight(&address);
    let set = journal.set_states(&[(address, state.clone())]);
    prop_assert_eq!(set.is_ok(), allowed);
    if allowed {
        model.set(address, state, 0);
    }
    Ok(())
}

fn requeue(journal: &mut Journal, model: &mut Model) -> Agreed {
    let mut count = 0;
    for state in model.accounts.values_mut() {
        if matches!(state, State::Quarantined { .. }) {
            *state = State::Pending;
            count += 1;
        }
    }
    prop_assert_eq!(journal.requeue_quarantined().unwrap(), count);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn the_journal_agrees_with_the_model(steps in vec(step(), 1..40)) {
        let (_folder, mut journal) = journal(0);
        // The test is of what is written, not of when it is on disk.
        let fast = |journal: &Journal| journal.connection.pragma_update(None, "synchronous", "OFF").unwrap();
        fast(&journal);
        let mut model = Model::default();
        for step in steps {
            if matches!(step, Change::Reopen) {
                journal = reopen(journal);
                fast(&journal);
            }
            take(&mut journal, &mut model, &step)?;
            prop_assert_eq!(journal.totals(), model.totals());
            prop_assert_eq!(journal.totals(), totals_by_sql(&journal));
            for number in 0..ACCOUNTS {
                let expected = model.accounts.get(&address(number)).cloned();
                prop_assert_eq!(state(&journal, number), expected);
            }
            let open = model.attempts.iter().filter(|(_, outcome)| outcome.is_none());
            let open: Vec<_> = open.map(|(attempt, _)| attempt.clone()).collect();
            prop_assert_eq!(journal.open_attempts().unwrap(), open);
        }
    }
}
