use {super::support::*, crate::cluster::At};

#[test]
fn the_first_choice_stands() {
    let (_folder, mut journal) = journal(1);
    assert_eq!(journal.planned_only().unwrap(), None);
    journal.record_planned_only(true).unwrap();
    journal.record_planned_only(false).unwrap();
    assert_eq!(reopen(journal).planned_only().unwrap(), Some(true));
}

#[test]
fn an_account_is_outstanding_until_an_attempt_of_the_journal_landed() {
    let (_folder, mut journal) = journal(6);
    journal
        .begin_attempts(&[attempt(1, &[0]), attempt(2, &[1])])
        .unwrap();
    let states = vec![migrated(0, 1, 9)];
    journal
        .finish_attempts(&[(signature(1), landed(50), states)])
        .unwrap();
    journal
        .set_states(&[by_others(2), closed(3), quarantined(4)])
        .unwrap();
    let (changed, mut observed) = account(5);
    observed.lamports += 7;
    journal.observed(&[(changed, observed)], 12).unwrap();

    let addresses: Vec<_> = (0..7).map(address).collect();
    let outstanding = journal.outstanding(&addresses).unwrap();
    let lamports = outstanding.iter().map(|it| Some(it.as_ref()?.lamports));
    let lamports: Vec<_> = lamports.collect();
    let planned = |number: u64| Some(1_000_000 + number);
    assert_eq!(lamports[0], None);
    assert_eq!(lamports[1..6], [1, 2, 3, 4, 5].map(planned));
    assert_eq!(lamports[6], None);

    assert_eq!(journal.done_by_others(0, 1).unwrap(), (vec![address(2)], 3));
    assert_eq!(journal.done_by_others(3, 9).unwrap(), (vec![address(3)], 4));
}

#[test]
fn a_journal_of_format_1_is_read() {
    for was_run in [false, true] {
        let (_folder, mut journal) = journal(3);
        if was_run {
            let balance = At { slot: 11, value: 5 };
            journal.record_payer_balance(balance).unwrap();
        }
        let before = Image::of(&journal, 3);
        let change = "DROP TABLE scope; PRAGMA user_version = 1";
        journal.connection.execute_batch(change).unwrap();
        let journal = reopen(journal);
        assert_eq!(Image::of(&journal, 3).states, before.states);
        let chosen = was_run.then_some(false);
        assert_eq!(journal.planned_only().unwrap(), chosen);
        // It is of format 2 now.
        assert_eq!(reopen(journal).planned_only().unwrap(), chosen);
    }
}
