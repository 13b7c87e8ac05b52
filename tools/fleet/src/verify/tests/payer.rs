use {
    super::planned_fleet::{PAYER, PlannedFleet, address, foreign},
    crate::{
        journal::{Outcome, State},
        report::PayerLamports,
        verify::audit,
    },
    solana_transaction_error::TransactionError,
};

async fn check(fleet: &mut PlannedFleet) -> PayerLamports {
    let found = audit(&fleet.client(), &mut fleet.journal).await.unwrap();
    // The journal is right now: another look says the same.
    let again = audit(&fleet.client(), &mut fleet.journal).await.unwrap();
    let expected = PayerLamports {
        corrected: 0,
        audited: again.audited,
        ..found.clone()
    };
    assert_eq!(again, expected);
    let totals = fleet.journal.totals();
    assert_eq!((found.fees, found.top_up), (totals.fees, totals.top_up));
    found
}

/// Transactions that were read, those that were corrected, and those that are unknown.
fn read(found: &PayerLamports) -> (u64, u64, u64) {
    (found.audited, found.corrected, found.unknown)
}

#[tokio::test(start_paused = true)]
async fn sums_that_fit_need_no_ledger() {
    let mut fleet = PlannedFleet::new(40);
    fleet.migrate(0..40);
    let found = check(&mut fleet).await;
    assert_eq!((found.by_others(), read(&found)), (0, (0, 0, 0)));
    assert_eq!((found.fees, found.top_up), (10_000, 4_000));
}

#[tokio::test(start_paused = true)]
async fn a_fee_that_was_another_is_corrected() {
    let mut fleet = PlannedFleet::new(40);
    fleet.migrate(0..40);
    let (closed, _) = fleet.journal.ended_attempts_page(0, 1).unwrap();
    fleet
        .journal
        .correct_costs(&closed[0].signature, 4_999, &[])
        .unwrap();
    let found = check(&mut fleet).await;
    assert_eq!((found.by_others(), read(&found)), (0, (2, 1, 0)));
    assert_eq!(found.fees, 10_000);
}

#[tokio::test(start_paused = true)]
async fn a_rent_that_was_another_is_corrected() {
    let mut fleet = PlannedFleet::new(2);
    let signature = fleet.begin(&[0, 1]);
    // Someone gave 1 a part of its rent just before.
    fleet.land(signature, &[(0, 100), (1, 60)]);
    let found = check(&mut fleet).await;
    assert_eq!((found.by_others(), read(&found)), (0, (1, 1, 0)));
    assert_eq!(found.top_up, 160);
    let states = fleet.journal.states(&[address(0), address(1)]).unwrap();
    let expected = [100, 60].map(|top_up| {
        Some(State::Migrated {
            signature: Some(signature),
            top_up,
            lamports_after: 1_000_000 + top_up,
        })
    });
    assert_eq!(states, expected);
}

#[tokio::test(start_paused = true)]
async fn rent_that_the_authority_paid_is_told_apart() {
    let mut fleet = PlannedFleet::new(2);
    let signature = fleet.begin(&[0, 1]);
    fleet.land(signature, &[(0, 100), (1, 100)]);
    let mut landed = fleet.chain.landed(signature);
    landed.balances[0].2 += 200;
    fleet.chain.set_landed(signature, Some(landed));
    fleet
        .chain
        .facts()
        .accounts
        .get_mut(&PAYER)
        .unwrap()
        .lamports += 200;
    let found = check(&mut fleet).await;
    assert_eq!((found.by_others(), read(&found)), (0, (1, 0, 0)));
    assert_eq!((found.top_up, found.by_authority), (200, 200));
}

#[tokio::test(start_paused = true)]
async fn rent_was_paid_whatever_became_of_the_account() {
    let mut fleet = PlannedFleet::new(4);
    let signature = fleet.begin(&[0, 1, 2, 3]);
    fleet.land_unseen(signature, &[(0, 100), (1, 90), (2, 80), (3, 70)]);
    let quarantined = State::Quarantined {
        reason: "odd".to_owned(),
    };
    let by_others = State::Migrated {
        signature: None,
        top_up: 0,
        lamports_after: 0,
    };
    let states = vec![
        (
            address(0),
            State::Closed {
                reason: "it was closed".to_owned(),
            },
        ),
        (address(1), State::Pending),
        (address(2), quarantined),
        (address(3), by_others),
    ];
    let outcome = Outcome::Landed {
        slot: 50,
        error: None,
    };
    fleet
        .journal
        .finish_attempts(&[(signature, outcome, states.clone())])
        .unwrap();
    let found = check(&mut fleet).await;
    assert_eq!((found.by_others(), read(&found)), (0, (1, 1, 0)));
    assert_eq!(found.top_up, 340);
    for (address, state) in states {
        assert_eq!(fleet.journal.states(&[address]).unwrap(), [Some(state)]);
    }
}

#[tokio::test(start_paused = true)]
async fn what_landed_after_all_is_paid() {
    for outcome in [
        Outcome::Expired,
        Outcome::NotSent {
            reason: "late".to_owned(),
        },
    ] {
        let mut fleet = PlannedFleet::new(3);
        fleet.migrate(0..1);
        let signature = fleet.begin(&[1, 2]);
        fleet.land_unseen(signature, &[(1, 100), (2, 0)]);
        let by_others = |number| {
            let state = State::Migrated {
                signature: None,
                top_up: 0,
                lamports_after: 1_000_100,
            };
            (address(number), state)
        };
        let states = vec![by_others(1), by_others(2)];
        fleet
            .journal
            .finish_attempts(&[(signature, outcome, states)])
            .unwrap();
        let found = check(&mut fleet).await;
        assert_eq!((found.by_others(), read(&found)), (0, (2, 1, 0)));
        assert_eq!((found.fees, found.top_up), (10_000, 200));
        let (closed, _) = fleet.journal.ended_attempts_page(0, 9).unwrap();
        assert_eq!(
            closed[1].outcome,
            Outcome::Landed {
                slot: 50,
                error: None
            }
        );
        let totals = fleet.journal.totals();
        assert_eq!((totals.landed, totals.expired, totals.not_sent), (2, 0, 0));
    }
}

#[tokio::test(start_paused = true)]
async fn what_failed_on_the_chain_paid_its_fee() {
    let mut fleet = PlannedFleet::new(1);
    let signature = fleet.begin(&[0]);
    fleet.chain.land(signature, 50, 5_000, &[(PAYER, -5_000)]);
    let mut landed = fleet.chain.landed(signature);
    landed.error = Some(TransactionError::InsufficientFundsForRent { account_index: 0 });
    fleet.chain.set_landed(signature, Some(landed.clone()));
    fleet
        .journal
        .finish_attempts(&[(signature, Outcome::Expired, Vec::new())])
        .unwrap();
    let found = check(&mut fleet).await;
    assert_eq!((found.by_others(), read(&found)), (0, (1, 1, 0)));
    let (closed, _) = fleet.journal.ended_attempts_page(0, 9).unwrap();
    let error = landed.error.map(|error| error.to_string());
    assert_eq!(closed[0].outcome, Outcome::Landed { slot: 50, error });
    assert_eq!(fleet.journal.totals().failed, 1);
}

#[tokio::test(start_paused = true)]
async fn lamports_that_others_moved_are_told_apart() {
    for (moved, expected) in [(700, 700), (-300, -300)] {
        let mut fleet = PlannedFleet::new(40);
        fleet.migrate(0..40);
        fleet.chain.land(foreign(1), 60, 5_000, &[(PAYER, moved)]);
        let found = check(&mut fleet).await;
        assert_eq!((found.by_others(), read(&found)), (expected, (2, 0, 0)));
        assert!(found.reconciled());
    }
}

#[tokio::test(start_paused = true)]
async fn a_ledger_with_gaps_proves_nothing() {
    let mut fleet = PlannedFleet::new(40);
    fleet.migrate(0..40);
    fleet.chain.land(foreign(1), 60, 5_000, &[(PAYER, 700)]);
    let (closed, _) = fleet.journal.ended_attempts_page(0, 9).unwrap();
    fleet.chain.set_landed(closed[0].signature, None);
    let found = check(&mut fleet).await;
    assert_eq!((found.by_others(), read(&found)), (700, (1, 0, 1)));
    assert!(!found.reconciled());
}

#[tokio::test(start_paused = true)]
async fn what_is_expired_and_not_in_the_ledger_is_no_gap() {
    let mut fleet = PlannedFleet::new(3);
    fleet.migrate(0..1);
    let signature = fleet.begin(&[1]);
    fleet
        .journal
        .finish_attempts(&[(signature, Outcome::Expired, Vec::new())])
        .unwrap();
    fleet.chain.land(foreign(1), 60, 5_000, &[(PAYER, 700)]);
    let found = check(&mut fleet).await;
    assert_eq!((found.by_others(), read(&found)), (700, (1, 0, 0)));
    assert!(found.reconciled());
}

#[tokio::test(start_paused = true)]
async fn a_payer_that_is_closed_has_nothing() {
    let mut fleet = PlannedFleet::new(1);
    fleet.migrate(0..1);
    fleet.chain.facts().accounts.remove(&PAYER);
    let found = check(&mut fleet).await;
    assert_eq!(
        (found.now, found.by_others()),
        (0, -(1_000_000_000 - 5_100))
    );
}
