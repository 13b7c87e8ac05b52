mod accounts;
mod chain;
mod left_over;
mod payer;
mod world;

use {
    super::{VerifyError, verify},
    crate::{cluster::At, report::PayerLamports},
    world::{PAYER, World},
};

#[tokio::test(start_paused = true)]
async fn a_fleet_that_is_as_it_shall_be_passes() {
    let mut world = World::new(900);
    world.migrate(0..900);
    let client = world.client();
    let report = verify(&client, &world.transition, &mut world.journal)
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
    let mut world = World::new(3);
    let report = world.verify().await;
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
    let mut world = World::new(3);
    world.begin(&[0, 1]);
    let client = world.client();
    let refused = verify(&client, &world.transition, &mut world.journal)
        .await
        .unwrap_err();
    assert!(matches!(refused, VerifyError::Open(1)));
    assert_eq!(
        refused.to_string(),
        "1 transactions can still land: `fleet resume` follows them to their end"
    );
    assert!(client.calls().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_node_that_stays_behind_is_named() {
    let mut world = World::new(1);
    world.migrate(0..1);
    world.chain.stop_at(7);
    let client = world.client();
    let refused = verify(&client, &world.transition, &mut world.journal)
        .await
        .unwrap_err();
    assert!(
        matches!(
            refused,
            VerifyError::Behind {
                found: 7,
                needed: 50
            }
        ),
        "{refused:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_first_balance_counts() {
    let mut world = World::new(1);
    world.migrate(0..1);
    world
        .journal
        .record_payer_balance(At { slot: 60, value: 1 })
        .unwrap();
    assert_eq!(world.verify().await.payer.before, Some(1_000_000_000));
}
