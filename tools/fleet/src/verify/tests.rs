mod accounts;
mod chain;
mod left_over;
mod payer;
mod planned_fleet;

use {
    super::{VerifyError, verify},
    crate::{cluster::At, report::PayerLamports},
    planned_fleet::{PAYER, PlannedFleet},
};

#[tokio::test(start_paused = true)]
async fn a_fleet_that_is_as_it_shall_be_passes() {
    let mut fleet = PlannedFleet::new(900);
    fleet.migrate(0..900);
    let client = fleet.client();
    let report = verify(&client, &fleet.transition, &mut fleet.journal)
        .await
        .unwrap();
    assert!(report.has_passed());
    assert_eq!((report.accounts.checked, report.accounts.equal), (900, 900));
    let [first, second] = &report.left_over[..] else {
        panic!("{:?}", report.left_over);
    };
    assert!(first.slot < second.slot);
    let payer = PayerLamports {
        address: PAYER.to_string(),
        before: Some(1_000_000_000),
        // 33 transactions of at most 28 accounts.
        now: 1_000_000_000 - 33 * 5_000 - 900 * 100,
        fees: 33 * 5_000,
        top_up: 900 * 100,
        by_authority: 0,
        audited: 0,
        corrected: 0,
        unknown: 0,
    };
    assert_eq!(report.payer, payer);
    // Nothing differs, so nothing is looked up: 9 pages of accounts and the payer.
    assert_eq!(client.calls().get("getTransaction"), None);
    assert_eq!(client.calls().get("getSignaturesForAddress"), None);
    assert_eq!(client.calls()["getMultipleAccounts"], 10);
}

#[tokio::test(start_paused = true)]
async fn a_journal_that_was_only_planned_is_verified() {
    let mut fleet = PlannedFleet::new(3);
    let report = fleet.verify().await;
    assert_eq!(report.left_over[1].accounts.count, 3);
    assert_eq!(report.accounts.checked, 0);
    assert_eq!(
        (report.payer.before, report.payer.now),
        (None, 1_000_000_000)
    );
    assert!(report.payer.reconciled());
    assert!(!report.has_passed());
}

#[tokio::test(start_paused = true)]
async fn what_can_still_land_has_to_land_first() {
    let mut fleet = PlannedFleet::new(3);
    fleet.begin(&[0, 1]);
    let client = fleet.client();
    let rejected = verify(&client, &fleet.transition, &mut fleet.journal)
        .await
        .unwrap_err();
    assert!(matches!(rejected, VerifyError::Open(1)));
    assert_eq!(
        rejected.to_string(),
        "1 transactions can still land: `fleet resume` follows them to their end"
    );
    assert!(client.calls().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_node_that_stays_behind_is_named() {
    let mut fleet = PlannedFleet::new(1);
    fleet.migrate(0..1);
    fleet.chain.stop_at(7);
    let client = fleet.client();
    let rejected = verify(&client, &fleet.transition, &mut fleet.journal)
        .await
        .unwrap_err();
    assert!(
        matches!(
            rejected,
            VerifyError::Behind {
                found: 7,
                needed: 50
            }
        ),
        "{rejected:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_first_balance_counts() {
    let mut fleet = PlannedFleet::new(1);
    fleet.migrate(0..1);
    fleet
        .journal
        .record_payer_balance(At { slot: 60, value: 1 })
        .unwrap();
    assert_eq!(fleet.verify().await.payer.before, Some(1_000_000_000));
}
