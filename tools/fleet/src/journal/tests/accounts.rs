use {
    super::support::*,
    crate::journal::{Journal, PlannedAccount, Problem, Snapshot, State, Totals},
    solana_account::Account,
    solana_pubkey::Pubkey,
};

fn changed(number: u64) -> (Pubkey, Account) {
    let (address, mut account) = account(number);
    account.data[0] = 0xcd;
    account.lamports += 1;
    (address, account)
}

/// The snapshot that counts for `number`, which becomes migrated.
fn snapshot(journal: &mut Journal, number: u64) -> Snapshot {
    journal.set_states(&[by_others(number)]).unwrap();
    let (page, _) = journal.migrated_page(0, 1).unwrap();
    page[0].before.clone()
}

fn as_in(slot: u64, (_, account): (Pubkey, Account)) -> Snapshot {
    Snapshot {
        slot,
        lamports: account.lamports,
        data: account.data,
    }
}

#[test]
fn what_is_planned_is_pending_in_the_order_it_came() {
    let (_folder, mut journal) = journal(0);
    assert_eq!(add_planned(&mut journal, &accounts(0..5), 10).unwrap(), 5);
    assert_eq!(add_planned(&mut journal, &accounts(3..7), 11).unwrap(), 2);
    assert_eq!(add_planned(&mut journal, &[], 11).unwrap(), 0);
    let journal = reopen(journal);
    assert_eq!(journal.header(), &header());
    let totals = Totals {
        planned: 7,
        pending: 7,
        ..Totals::default()
    };
    assert_eq!(journal.totals(), totals);
    let (first, cursor) = journal.pending(0, 4).unwrap();
    let (second, end) = journal.pending(cursor, 4).unwrap();
    let all: Vec<_> = (0..7).map(address).collect();
    assert_eq!([first, second].concat(), all);
    assert_eq!(journal.pending(end, 4).unwrap(), (Vec::new(), end));
}

#[test]
fn an_account_may_come_twice_in_one_listing() {
    let (_folder, mut journal) = journal(0);
    assert_eq!(
        add_planned(&mut journal, &[account(1), account(1)], 10).unwrap(),
        1
    );
    assert_eq!(journal.totals().planned, 1);
}

#[test]
fn a_later_listing_replaces_a_snapshot_and_an_earlier_one_does_not() {
    for (slot, expected) in [
        (9, as_in(10, account(0))),
        (10, as_in(10, account(0))),
        (11, as_in(11, changed(0))),
    ] {
        let (_folder, mut journal) = journal(1);
        assert_eq!(add_planned(&mut journal, &[changed(0)], slot).unwrap(), 0);
        assert_eq!(snapshot(&mut journal, 0), expected);
    }
}

#[test]
fn a_later_listing_replaces_what_was_observed_before_it() {
    for (listed, expected) in [(19, as_in(20, changed(0))), (21, as_in(21, account(0)))] {
        let (_folder, mut journal) = journal(1);
        journal.observed(&[changed(0)], 20).unwrap();
        add_planned(&mut journal, &[account(0)], listed).unwrap();
        assert_eq!(snapshot(&mut journal, 0), expected);
    }
}

#[test]
fn the_snapshot_of_an_attempted_account_stays() {
    let (_folder, mut journal) = journal(1);
    journal.begin_attempts(&[attempt(1, &[0])]).unwrap();
    add_planned(&mut journal, &[changed(0)], 20).unwrap();
    let expired = (signature(1), crate::journal::Outcome::Expired, Vec::new());
    journal.finish_attempts(&[expired]).unwrap();
    add_planned(&mut journal, &[changed(0)], 21).unwrap();
    assert_eq!(snapshot(&mut journal, 0), as_in(10, account(0)));
}

#[test]
fn what_is_done_is_not_planned_again() {
    let (_folder, mut journal) = journal(3);
    let done = [by_others(0), closed(1), quarantined(2)];
    journal.set_states(&done).unwrap();
    let before = Image::of(&journal, 3);
    let listed: Vec<_> = (0..3).map(changed).collect();
    assert_eq!(add_planned(&mut journal, &listed, 20).unwrap(), 0);
    assert_eq!(Image::of(&journal, 3), before);
}

#[test]
fn an_observation_counts_when_it_differs() {
    let (_folder, mut journal) = journal(1);
    journal.observed(&[account(0)], 20).unwrap();
    assert_eq!(snapshot(&mut journal, 0), as_in(10, account(0)));

    let (_folder, mut journal) = super::support::journal(1);
    journal.observed(&[changed(0)], 20).unwrap();
    journal.observed(&[changed(0)], 21).unwrap();
    let mut journal = reopen(journal);
    assert_eq!(snapshot(&mut journal, 0), as_in(20, changed(0)));

    let (_folder, mut journal) = super::support::journal(1);
    journal.observed(&[changed(0)], 20).unwrap();
    journal.observed(&[account(0)], 21).unwrap();
    assert_eq!(snapshot(&mut journal, 0), as_in(21, account(0)));
}

#[test]
fn lamports_alone_make_an_observation() {
    let (_folder, mut journal) = journal(1);
    let (address, mut account) = account(0);
    account.lamports += 1;
    journal.observed(&[(address, account.clone())], 20).unwrap();
    assert_eq!(snapshot(&mut journal, 0), as_in(20, (address, account)));
}

#[test]
fn data_alone_make_an_observation() {
    let (_folder, mut journal) = journal(1);
    let (address, mut account) = account(0);
    account.data[0] ^= 1;
    journal.observed(&[(address, account.clone())], 20).unwrap();
    assert_eq!(snapshot(&mut journal, 0), as_in(20, (address, account)));
}

#[test]
fn only_pending_accounts_are_observed() {
    let (_folder, mut journal) = journal(2);
    journal.begin_attempts(&[attempt(1, &[0])]).unwrap();
    let seen = [changed(1), changed(0)];
    assert!(matches!(
        problem(journal.observed(&seen, 20)),
        Problem::NotPending(account) if account == address(0)
    ));
    assert_eq!(snapshot(&mut journal, 1), as_in(10, account(1)));
    assert!(matches!(
        problem(journal.observed(&[account(5)], 20)),
        Problem::UnknownAccount(account) if account == address(5)
    ));
}

#[test]
fn every_state_survives() {
    let (_folder, mut journal) = journal(5);
    journal.begin_attempts(&[attempt(1, &[0])]).unwrap();
    let states = [closed(1), quarantined(2), by_others(3)];
    journal.set_states(&states).unwrap();
    let journal = reopen(journal);
    let found = journal
        .states(&(0..6).map(address).collect::<Vec<_>>())
        .unwrap();
    let expected = [
        Some(State::InFlight),
        Some(closed(1).1),
        Some(quarantined(2).1),
        Some(by_others(3).1),
        Some(State::Pending),
        None,
    ];
    assert_eq!(found, expected);
    let totals = Totals {
        planned: 5,
        pending: 1,
        in_flight: 1,
        by_others: 1,
        closed: 1,
        quarantined: 1,
        open: 1,
        reserved: 5_100,
        ..Totals::default()
    };
    assert_eq!(journal.totals(), totals);
}

#[test]
fn a_state_is_rejected_that_only_an_attempt_gives_or_takes() {
    let (_folder, mut journal) = journal(3);
    journal.begin_attempts(&[attempt(1, &[0])]).unwrap();
    let before = Image::of(&journal, 3);
    for state in [closed(0), by_others(0), migrated(0, 1, 5), quarantined(0)] {
        assert!(matches!(
            problem(journal.set_states(&[closed(1), state])),
            Problem::InFlight(account) if account == address(0)
        ));
    }
    assert!(matches!(
        problem(journal.set_states(&[closed(1), (address(2), State::InFlight)])),
        Problem::NoAttempt(account) if account == address(2)
    ));
    assert!(matches!(
        problem(journal.set_states(&[closed(1), closed(9)])),
        Problem::UnknownAccount(account) if account == address(9)
    ));
    assert_eq!(Image::of(&journal, 3), before);
    assert_eq!(Image::of(&reopen(journal), 3), before);
}

#[test]
fn quarantined_accounts_are_listed_and_tried_again() {
    let (_folder, mut journal) = journal(6);
    journal
        .set_states(&[quarantined(4), quarantined(1), closed(2)])
        .unwrap();
    let reason = "Truncated (6005)".to_owned();
    let (first, cursor) = journal.quarantined_page(0, 1).unwrap();
    let (second, end) = journal.quarantined_page(cursor, 9).unwrap();
    assert_eq!(first, [(address(1), reason.clone())]);
    assert_eq!(second, [(address(4), reason)]);
    assert_eq!(journal.quarantined_page(end, 9).unwrap(), (Vec::new(), end));

    assert_eq!(journal.requeue_quarantined().unwrap(), 2);
    assert_eq!(journal.requeue_quarantined().unwrap(), 0);
    let pending = [0, 1, 3, 4, 5].map(address).to_vec();
    assert_eq!(journal.pending(0, 9).unwrap().0, pending);
    assert_eq!(journal.totals(), totals_by_sql(&journal));
    assert_eq!(reopen(journal).totals().pending, 5);
}

#[test]
fn accounts_are_read_in_pages() {
    let (_folder, mut journal) = journal(7);
    journal
        .begin_attempts(&[attempt(1, &[0, 2]), attempt(2, &[5])])
        .unwrap();
    let states = vec![migrated(0, 1, 30), migrated(2, 1, 40)];
    journal
        .finish_attempts(&[(signature(1), landed(50), states)])
        .unwrap();
    journal.observed(&[changed(3)], 20).unwrap();
    journal
        .set_states(&[by_others(3), closed(4), quarantined(6)])
        .unwrap();
    let planned = |number: u64| PlannedAccount {
        address: address(number),
        before: if number == 3 {
            as_in(20, changed(3))
        } else {
            as_in(10, account(number))
        },
        first: (number == 3).then(|| as_in(10, account(3))),
        state: state(&journal, number).unwrap(),
    };

    let (first, cursor) = journal.migrated_page(0, 2).unwrap();
    let (second, end) = journal.migrated_page(cursor, 2).unwrap();
    assert_eq!(first, [0, 2].map(planned));
    assert_eq!(second, [3].map(planned));
    assert_eq!(journal.migrated_page(end, 2).unwrap(), (Vec::new(), end));

    let (first, cursor) = journal.unfinished_page(0, 2).unwrap();
    let (second, end) = journal.unfinished_page(cursor, 2).unwrap();
    assert_eq!(first, [1, 5].map(planned));
    assert_eq!(second, [6].map(planned));
    assert_eq!(journal.unfinished_page(end, 2).unwrap(), (Vec::new(), end));
}

#[test]
fn what_was_paid_for_an_account_stays_paid() {
    let (_folder, mut journal) = journal(1);
    let migrate = |journal: &mut Journal, seed, top_up| {
        journal.begin_attempts(&[attempt(seed, &[0])]).unwrap();
        let done = (signature(seed), landed(50), vec![migrated(0, seed, top_up)]);
        // Once more changes nothing.
        journal
            .finish_attempts(std::slice::from_ref(&done))
            .unwrap();
        journal.finish_attempts(&[done]).unwrap();
    };
    let top_up = |journal: &Journal| {
        assert_eq!(journal.totals(), totals_by_sql(journal));
        journal.totals().top_up
    };
    migrate(&mut journal, 1, 30);
    assert_eq!(top_up(&journal), 30);
    // Its user rolled it back, and it is migrated again.
    journal.set_states(&[(address(0), State::Pending)]).unwrap();
    assert_eq!(top_up(&journal), 30);
    migrate(&mut journal, 2, 4);
    assert_eq!(top_up(&journal), 34);
    // The ledger says otherwise.
    journal.set_states(&[migrated(0, 2, 5)]).unwrap();
    assert_eq!(top_up(&journal), 35);
    journal.set_states(&[by_others(0)]).unwrap();
    assert_eq!(top_up(&journal), 35);
    assert_eq!(reopen(journal).totals().top_up, 35);
}

#[test]
fn numbers_of_any_size_are_kept() {
    let (_folder, mut journal) = journal(0);
    let (address, mut account) = account(0);
    account.lamports = u64::MAX;
    add_planned(&mut journal, &[(address, account.clone())], u64::MAX).unwrap();
    let mut journal = reopen(journal);
    assert_eq!(
        snapshot(&mut journal, 0),
        as_in(u64::MAX, (address, account))
    );
}
