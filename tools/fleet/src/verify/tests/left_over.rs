use {
    super::planned_fleet::{PlannedFleet, address, foreign},
    crate::{
        cluster::At,
        journal::State,
        report::{List, Reason},
        shard::Shard,
        verify::VerifyError,
    },
    solana_account::Account,
};

fn list(numbers: &[u64]) -> List<String> {
    List {
        count: numbers.len() as u64,
        first: numbers
            .iter()
            .map(|number| address(*number).to_string())
            .collect(),
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_left_in_the_old_layout_is_named_twice() {
    let mut fleet = PlannedFleet::new(4);
    fleet.migrate(0..3);
    // An old client makes one that the journal never saw.
    fleet
        .chain
        .facts()
        .accounts
        .insert(address(9), fleet.old(9));
    let report = fleet.verify().await;
    assert_eq!(report.left_over[0].accounts, list(&[3, 9]));
    assert_eq!(report.left_over[1].accounts, list(&[3, 9]));
    assert_eq!(report.accounts.equal, 3);
    assert!(!report.has_passed());
}

#[tokio::test(start_paused = true)]
async fn who_keeps_to_the_plan_leaves_the_others_to_their_owners() {
    let mut fleet = PlannedFleet::new(4);
    fleet.journal.record_planned_only(true).unwrap();
    fleet.migrate(0..2);
    let [again, made_anew, new] = [fleet.old(0), fleet.old(2), fleet.old(9)];
    {
        let accounts = &mut fleet.chain.facts().accounts;
        // It was migrated, and made anew since.
        accounts.insert(address(0), again);
        // It lacks more rent than when it was planned.
        let lamports = made_anew.lamports - 1;
        accounts.insert(
            address(2),
            Account {
                lamports,
                ..made_anew
            },
        );
        accounts.insert(address(9), new);
    }
    let report = fleet.verify().await;
    for listing in &report.left_over {
        assert_eq!(listing.accounts, list(&[3]));
        assert_eq!(listing.others, list(&[0, 2, 9]));
    }
    assert!(report.planned_only);
}

#[tokio::test(start_paused = true)]
async fn accounts_of_other_workers_are_theirs() {
    let shard = Shard { index: 1, count: 2 };
    let mut fleet = PlannedFleet::with_shard(0, shard);
    for number in 0..4 {
        let account = fleet.old(number);
        fleet
            .chain
            .facts()
            .accounts
            .insert(address(number), account);
    }
    assert_eq!(fleet.verify().await.left_over[0].accounts, list(&[0, 2]));
}

#[tokio::test(start_paused = true)]
async fn an_account_that_comes_after_the_first_listing_is_in_the_second() {
    let mut fleet = PlannedFleet::new(2);
    fleet.migrate(0..1);
    fleet.chain.facts().listings.push(At {
        slot: 150,
        value: Vec::new(),
    });
    // Its finalized slot has to be behind that of the first listing.
    let report = fleet.verify().await;
    assert_eq!(report.left_over[0].accounts, list(&[]));
    assert_eq!(report.left_over[1].accounts, list(&[1]));
    assert_eq!(report.left_over[0].slot, 150);
    assert!(report.left_over[1].slot > 150);
    assert!(!report.has_passed());
}

#[tokio::test(start_paused = true)]
async fn a_listing_of_the_past_proves_nothing() {
    let mut fleet = PlannedFleet::new(2);
    fleet.migrate(0..2);
    // It shows an account as it was before.
    let stale = At {
        slot: 100_000,
        value: vec![(address(0), fleet.old(0))],
    };
    fleet.chain.stop_at(100_000);
    fleet.chain.facts().listings.push(stale);
    // A listing that is too old is made again, until the node is given up.
    let client = fleet.client();
    let rejected = crate::verify::verify(&client, &fleet.transition, &mut fleet.journal).await;
    assert!(matches!(
        rejected.unwrap_err(),
        VerifyError::Behind {
            found: 100_000,
            needed: 100_001
        }
    ));

    let mut fleet = PlannedFleet::new(2);
    fleet.migrate(0..2);
    let old = At {
        slot: 99,
        value: Vec::new(),
    };
    let stale = At {
        slot: 104,
        value: vec![(address(0), fleet.old(0))],
    };
    fleet.chain.facts().listings.extend([old, stale]);
    let report = fleet.verify().await;
    assert_eq!(report.left_over[0].slot, 104);
    assert_eq!(report.left_over[0].accounts, list(&[]));
    assert!(report.has_passed());
}

#[tokio::test(start_paused = true)]
async fn quarantined_accounts_are_told_apart() {
    let mut fleet = PlannedFleet::new(3);
    fleet.migrate(0..1);
    let reason = "Truncated (6005)".to_owned();
    let quarantined = State::Quarantined {
        reason: reason.clone(),
    };
    let states = [1, 2].map(|number| (address(number), quarantined.clone()));
    fleet.journal.set_states(&states).unwrap();
    fleet.edit(2, |account| account.data[0] ^= 1);
    let report = fleet.verify().await;
    assert_eq!(report.left_over[0].accounts, list(&[]));
    let expected = [1, 2].map(|number| Reason {
        address: address(number).to_string(),
        reason: reason.clone(),
    });
    assert_eq!(report.quarantined.first, expected);
    assert!(!report.has_passed());

    // Its owner migrates one, and the other is closed.
    let data = fleet.new_data(1);
    fleet.edit(1, |account| account.data = data);
    fleet.chain.land(foreign(1), 60, 5_000, &[(address(1), 0)]);
    fleet.close(2);
    let report = fleet.verify().await;
    assert_eq!(report.quarantined.count, 0);
    assert_eq!(report.accounts.equal, 2);
    assert!(report.has_passed());
}
