use {
    super::support::*,
    crate::{
        cluster::At,
        journal::{EndedAttempt, Journal, Outcome, Problem, State, Totals},
    },
};

fn finish(journal: &mut Journal, seed: u64, outcome: Outcome) {
    let finished = (signature(seed), outcome, Vec::new());
    journal.finish_attempts(&[finished]).unwrap();
    assert_eq!(journal.totals(), totals_by_sql(journal));
}

#[test]
fn an_open_attempt_survives_as_it_was_sent() {
    let (_folder, mut journal) = journal(5);
    let mut first = attempt(1, &[3, 0, 2]);
    first.accounts[1].1 = 7;
    first.last_valid_block_height = u64::MAX;
    let second = attempt(2, &[4]);
    journal
        .begin_attempts(&[first.clone(), second.clone()])
        .unwrap();
    let mut journal = reopen(journal);
    assert_eq!(journal.open_attempts().unwrap(), [first, second.clone()]);
    assert_eq!(journal.totals().in_flight, 4);
    assert_eq!(journal.attempts_of(&address(3)).unwrap(), 1);
    assert_eq!(journal.attempts_of(&address(1)).unwrap(), 0);
    finish(&mut journal, 1, Outcome::Expired);
    assert_eq!(journal.open_attempts().unwrap(), [second]);
}

#[test]
fn an_attempt_costs_at_most_its_fee_and_the_rent_that_is_lacking() {
    let attempt = attempt(1, &[3, 0, 2]);
    assert_eq!(attempt.max_top_up, 300);
    assert_eq!(attempt.most_lamports(), 5_300);
    assert_eq!(
        attempt.addresses().collect::<Vec<_>>(),
        [3, 0, 2].map(address)
    );
    let pending = [3, 0, 2].map(|number| (address(number), State::Pending));
    assert_eq!(attempt.pending(), pending);
}

#[test]
fn each_end_costs_what_it_costs() {
    for (outcome, expected) in [
        (
            landed(50),
            Totals {
                landed: 1,
                fees: 5_000,
                ..Totals::default()
            },
        ),
        (
            failed(50),
            Totals {
                failed: 1,
                fees: 5_000,
                ..Totals::default()
            },
        ),
        (
            Outcome::Expired,
            Totals {
                expired: 1,
                ..Totals::default()
            },
        ),
        (
            not_sent(),
            Totals {
                not_sent: 1,
                ..Totals::default()
            },
        ),
    ] {
        let (_folder, mut journal) = journal(3);
        journal.begin_attempts(&[attempt(1, &[0, 1])]).unwrap();
        let open = Totals {
            planned: 3,
            pending: 1,
            in_flight: 2,
            open: 1,
            reserved: 5_200,
            ..Totals::default()
        };
        assert_eq!(journal.totals(), open);
        let expected = Totals {
            planned: 3,
            pending: 3,
            ..expected
        };
        // The second time changes nothing.
        for _ in 0..2 {
            finish(&mut journal, 1, outcome.clone());
            journal = reopen(journal);
            assert_eq!(journal.totals(), expected);
        }
        let closed = EndedAttempt {
            signature: signature(1),
            outcome,
            fee: 5_000,
            accounts: vec![(address(0), 0), (address(1), 0)],
        };
        let (page, end) = journal.ended_attempts_page(0, 9).unwrap();
        assert_eq!(page, [closed]);
        assert_eq!(
            journal.ended_attempts_page(end, 9).unwrap(),
            (Vec::new(), end)
        );
    }
}

#[test]
fn accounts_get_their_states_with_the_end_of_their_attempt() {
    let (_folder, mut journal) = journal(6);
    journal
        .begin_attempts(&[attempt(1, &[0, 1, 2, 3, 4])])
        .unwrap();
    let states = vec![migrated(0, 1, 60), closed(1), quarantined(2), by_others(3)];
    journal
        .finish_attempts(&[(signature(1), landed(50), states)])
        .unwrap();
    let journal = reopen(journal);
    assert_eq!(state(&journal, 0), Some(migrated(0, 1, 60).1));
    assert_eq!(state(&journal, 1), Some(closed(1).1));
    assert_eq!(state(&journal, 2), Some(quarantined(2).1));
    assert_eq!(state(&journal, 3), Some(by_others(3).1));
    assert_eq!(state(&journal, 4), Some(State::Pending));
    let totals = Totals {
        planned: 6,
        pending: 2,
        migrated: 1,
        by_others: 1,
        closed: 1,
        quarantined: 1,
        landed: 1,
        fees: 5_000,
        top_up: 60,
        ..Totals::default()
    };
    assert_eq!(journal.totals(), totals);
}

#[test]
fn an_account_is_in_one_open_attempt_at_most() {
    let (_folder, mut journal) = journal(4);
    journal.begin_attempts(&[attempt(1, &[0])]).unwrap();
    journal.set_states(&[closed(3)]).unwrap();
    let before = Image::of(&journal, 4);
    for attempts in [
        vec![attempt(2, &[1, 0])],
        vec![attempt(2, &[1]), attempt(3, &[0])],
        vec![attempt(2, &[0]), attempt(3, &[1])],
    ] {
        assert!(matches!(
            problem(journal.begin_attempts(&attempts)),
            Problem::NotPending(account) if account == address(0)
        ));
    }
    for attempts in [
        vec![attempt(2, &[1, 1])],
        vec![attempt(2, &[1]), attempt(3, &[2, 1])],
    ] {
        assert!(matches!(
            problem(journal.begin_attempts(&attempts)),
            Problem::NotPending(account) if account == address(1)
        ));
    }
    assert!(matches!(
        problem(journal.begin_attempts(&[attempt(2, &[1, 3])])),
        Problem::NotPending(account) if account == address(3)
    ));
    assert!(matches!(
        problem(journal.begin_attempts(&[attempt(2, &[1, 9])])),
        Problem::UnknownAccount(account) if account == address(9)
    ));
    assert_eq!(Image::of(&journal, 4), before);
    assert_eq!(Image::of(&reopen(journal), 4), before);
}

#[test]
fn an_end_changes_no_account_that_another_attempt_has() {
    let (_folder, mut journal) = journal(2);
    journal.begin_attempts(&[attempt(1, &[0, 1])]).unwrap();
    finish(&mut journal, 1, Outcome::Expired);
    journal.begin_attempts(&[attempt(2, &[0])]).unwrap();
    let before = Image::of(&journal, 2);
    // Neither by name …
    let late = (
        signature(1),
        landed(50),
        vec![migrated(1, 1, 5), migrated(0, 1, 5)],
    );
    assert!(matches!(
        problem(journal.finish_attempts(&[late])),
        Problem::InFlight(account) if account == address(0)
    ));
    assert_eq!(Image::of(&journal, 2), before);
    // … nor because it is not mentioned.
    finish(&mut journal, 1, landed(50));
    assert_eq!(state(&journal, 0), Some(State::InFlight));
    assert_eq!(journal.open_attempts().unwrap(), [attempt(2, &[0])]);
    assert_eq!(reopen(journal).totals().fees, 5_000);
}

#[test]
fn an_outcome_replaces_an_earlier_one() {
    let (_folder, mut journal) = journal(1);
    journal.begin_attempts(&[attempt(1, &[0])]).unwrap();
    finish(&mut journal, 1, Outcome::Expired);
    let states = vec![migrated(0, 1, 9)];
    journal
        .finish_attempts(&[(signature(1), landed(50), states)])
        .unwrap();
    let totals = Totals {
        planned: 1,
        migrated: 1,
        landed: 1,
        fees: 5_000,
        top_up: 9,
        ..Totals::default()
    };
    assert_eq!(journal.totals(), totals);
    assert_eq!(reopen(journal).totals(), totals);
}

#[test]
fn only_what_was_not_sent_begins_again() {
    let (_folder, mut journal) = journal(2);
    journal.begin_attempts(&[attempt(1, &[0, 1])]).unwrap();
    finish(&mut journal, 1, not_sent());
    journal.begin_attempts(&[attempt(1, &[0, 1])]).unwrap();
    let mut journal = reopen(journal);
    assert_eq!(journal.open_attempts().unwrap(), [attempt(1, &[0, 1])]);
    assert_eq!(journal.totals(), totals_by_sql(&journal));
    assert_eq!(journal.totals().not_sent, 0);
    assert_eq!(journal.attempts_of(&address(0)).unwrap(), 2);
    for outcome in [landed(50), failed(50), Outcome::Expired] {
        finish(&mut journal, 1, outcome);
        assert!(matches!(
            problem(journal.begin_attempts(&[attempt(1, &[0, 1])])),
            Problem::AttemptedBefore(attempt) if attempt == signature(1)
        ));
    }
}

#[test]
fn an_unknown_attempt_does_not_end() {
    let (_folder, mut journal) = journal(2);
    journal.begin_attempts(&[attempt(1, &[0])]).unwrap();
    let before = Image::of(&journal, 2);
    let known = (signature(1), landed(50), Vec::new());
    let unknown = (signature(2), landed(50), Vec::new());
    assert!(matches!(
        problem(journal.finish_attempts(&[known, unknown])),
        Problem::UnknownAttempt(attempt) if attempt == signature(2)
    ));
    assert!(matches!(
        problem(journal.correct_costs(&signature(2), 1, &[])),
        Problem::UnknownAttempt(attempt) if attempt == signature(2)
    ));
    assert_eq!(Image::of(&journal, 2), before);
    assert!(journal.has_attempt(&signature(1)).unwrap());
    assert!(!journal.has_attempt(&signature(2)).unwrap());
}

#[test]
fn the_ledger_corrects_what_an_attempt_cost() {
    let (_folder, mut journal) = journal(4);
    journal
        .begin_attempts(&[attempt(1, &[2, 1, 0]), attempt(2, &[3])])
        .unwrap();
    let states = vec![migrated(2, 1, 30), migrated(1, 1, 40), closed(0)];
    journal
        .finish_attempts(&[(signature(1), landed(50), states)])
        .unwrap();
    let top_ups = [(address(2), 31), (address(0), 50)];
    journal
        .correct_costs(&signature(1), 5_001, &top_ups)
        .unwrap();
    journal.correct_costs(&signature(2), 5_002, &[]).unwrap();
    let journal = reopen(journal);
    assert_eq!(journal.totals(), totals_by_sql(&journal));
    assert_eq!(journal.totals().fees, 5_001);
    assert_eq!(journal.totals().top_up, 31 + 40 + 50);
    assert_eq!(journal.totals().reserved, 5_102);
    let (ended, _) = journal.ended_attempts_page(0, 9).unwrap();
    let accounts = [(address(2), 31), (address(1), 40), (address(0), 50)];
    assert_eq!(ended[0].accounts, accounts);
    assert!(matches!(
        state(&journal, 2),
        Some(State::Migrated { top_up: 31, .. })
    ));
    assert_eq!(state(&journal, 0), Some(closed(0).1));
}

#[test]
fn a_correction_of_one_attempt_leaves_the_migration_by_another() {
    let (_folder, mut journal) = journal(1);
    for seed in [1, 2] {
        journal.begin_attempts(&[attempt(seed, &[0])]).unwrap();
        let states = vec![migrated(0, seed, 10 * seed)];
        journal
            .finish_attempts(&[(signature(seed), landed(50), states)])
            .unwrap();
        if seed == 1 {
            journal.set_states(&[(address(0), State::Pending)]).unwrap();
        }
    }
    journal
        .correct_costs(&signature(1), 5_000, &[(address(0), 11)])
        .unwrap();
    assert_eq!(state(&journal, 0), Some(migrated(0, 2, 20).1));
    assert_eq!(journal.totals().top_up, 31);
}

#[test]
fn an_attempt_costs_rent_for_its_own_accounts_only() {
    let (_folder, mut journal) = journal(2);
    journal.begin_attempts(&[attempt(1, &[0])]).unwrap();
    let before = Image::of(&journal, 2);
    let rejected = |result, account, attempt| {
        let found = problem(result);
        let expected = format!("account {account} is not part of attempt {attempt}");
        assert_eq!(found.to_string(), expected);
    };
    let (one, first, second) = (address(1), signature(1), signature(2));
    rejected(journal.set_states(&[migrated(1, 1, 5)]), one, first);
    rejected(journal.set_states(&[migrated(1, 2, 5)]), one, second);
    rejected(journal.correct_costs(&first, 1, &[(one, 5)]), one, first);
    assert_eq!(Image::of(&journal, 2), before);
}

#[test]
fn a_journal_was_run_once_an_attempt_began() {
    let (_folder, mut journal) = journal(1);
    assert!(!journal.was_run());
    journal.begin_attempts(&[attempt(1, &[0])]).unwrap();
    assert!(journal.was_run());
    finish(&mut journal, 1, not_sent());
    assert!(reopen(journal).was_run());
}

#[test]
fn nothing_is_nothing() {
    let (_folder, mut journal) = journal(1);
    let before = Image::of(&journal, 1);
    journal.begin_attempts(&[]).unwrap();
    journal.finish_attempts(&[]).unwrap();
    journal.set_states(&[]).unwrap();
    journal.observed(&[], 20).unwrap();
    assert_eq!(Image::of(&journal, 1), before);
}

#[test]
fn the_first_balance_of_the_payer_stays() {
    let (_folder, mut journal) = journal(0);
    assert_eq!(journal.payer_balance().unwrap(), None);
    for (slot, value) in [(7, 1_000), (8, 900)] {
        journal.record_payer_balance(At { slot, value }).unwrap();
    }
    let first = At {
        slot: 7,
        value: 1_000,
    };
    assert_eq!(reopen(journal).payer_balance().unwrap(), Some(first));
}
