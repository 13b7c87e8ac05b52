use {
    super::planned_fleet::{PlannedFleet, address, foreign},
    crate::{
        journal::{Outcome, State},
        report::{AccountChecks, Changed, ChangedField, List, Reason},
        verify::migrated,
    },
    solana_pubkey::Pubkey,
    solana_transaction_error::TransactionError,
};

/// Two migrated accounts, of which `number` 1 is about to deviate.
fn fleet() -> PlannedFleet {
    let mut fleet = PlannedFleet::new(2);
    fleet.migrate(0..2);
    fleet
}

fn failed(reason: &str) -> AccountChecks {
    let mut failed = List::default();
    failed.push(Reason {
        address: address(1).to_string(),
        reason: reason.to_owned(),
    });
    AccountChecks {
        checked: 2,
        equal: 1,
        failed,
        ..AccountChecks::default()
    }
}

fn changed(by: u8, fields: &[(&str, &str, &str)], lamports: i64) -> AccountChecks {
    let fields = fields.iter().map(|(field, old, new)| ChangedField {
        field: (*field).to_owned(),
        old: (*old).to_owned(),
        new: (*new).to_owned(),
    });
    let mut changed = List::default();
    changed.push(Changed {
        address: address(1).to_string(),
        signature: foreign(by).to_string(),
        fields: fields.collect(),
        lamports,
    });
    AccountChecks {
        checked: 2,
        equal: 1,
        changed,
        ..AccountChecks::default()
    }
}

async fn check(fleet: &mut PlannedFleet) -> AccountChecks {
    let report = fleet.verify().await;
    assert_eq!(report.has_passed(), report.accounts.failed.is_empty());
    report.accounts
}

fn set_value(fleet: &PlannedFleet, value: u64) {
    let data = fleet.new_data(value);
    fleet.edit(1, |account| account.data = data);
}

#[tokio::test(start_paused = true)]
async fn a_field_that_nobody_changed_fails() {
    let mut fleet = fleet();
    set_value(&fleet, 8);
    assert_eq!(check(&mut fleet).await, failed("value: 1 → 8"));
}

#[tokio::test(start_paused = true)]
async fn a_field_that_its_users_changed_is_reported_with_the_newest_signature() {
    let mut fleet = fleet();
    set_value(&fleet, 8);
    for by in [1, 2] {
        fleet.chain.land(foreign(by), 60, 5_000, &[(address(1), 0)]);
    }
    let value = [("value", "1", "8")];
    assert_eq!(check(&mut fleet).await, changed(2, &value, 0));
}

#[tokio::test(start_paused = true)]
async fn only_a_success_after_the_snapshot_explains() {
    let mut fleet = fleet();
    set_value(&fleet, 8);
    // In the slot of the snapshot; with an error; on another account.
    fleet.chain.land(foreign(1), 10, 5_000, &[(address(1), 0)]);
    fleet.chain.land(foreign(2), 60, 5_000, &[(address(1), 0)]);
    let mut landed = fleet.chain.landed(foreign(2));
    landed.error = Some(TransactionError::AccountInUse);
    fleet.chain.set_landed(foreign(2), Some(landed));
    fleet.chain.land(foreign(3), 60, 5_000, &[(address(0), 0)]);
    assert_eq!(check(&mut fleet).await, failed("value: 1 → 8"));
    fleet.chain.land(foreign(4), 11, 5_000, &[(address(1), 0)]);
    assert_eq!(
        check(&mut fleet).await,
        changed(4, &[("value", "1", "8")], 0)
    );
}

#[tokio::test(start_paused = true)]
async fn the_observed_account_is_what_counts() {
    let mut fleet = PlannedFleet::new(2);
    // Its user changed it after the plan, before its attempt.
    let mut account = fleet.old(5);
    account.lamports += 40;
    fleet
        .journal
        .observed(&[(address(1), account.clone())], 30)
        .unwrap();
    fleet.edit(1, |on_chain| *on_chain = account);
    fleet.chain.land(foreign(1), 30, 5_000, &[(address(1), 0)]);
    fleet.migrate(0..2);
    set_value(&fleet, 5);
    assert_eq!(fleet.verify().await.accounts.equal, 2);
    set_value(&fleet, 1);
    assert_eq!(check(&mut fleet).await, failed("value: 5 → 1"));
}

/// It was observed before its attempt, in a slot that a fork undid.
#[tokio::test(start_paused = true)]
async fn the_planned_account_counts_where_the_observed_one_was_undone() {
    for (observed, planned, expected) in [(5, 1, Ok(2)), (5, 6, Err("value: 5 → 6"))] {
        let mut fleet = PlannedFleet::new(2);
        let undone = fleet.old(observed);
        fleet.journal.observed(&[(address(1), undone)], 30).unwrap();
        fleet.migrate(0..2);
        set_value(&fleet, planned);
        let found = check(&mut fleet).await;
        match expected {
            Ok(equal) => assert_eq!((found.equal, found.failed.count), (equal, 0)),
            Err(reason) => assert_eq!(found, failed(reason)),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn lamports_that_nobody_moved_fail() {
    for (moved, reason) in [
        (
            5,
            "its lamports changed by 105, and its transactions make 100",
        ),
        (
            -5,
            "its lamports changed by 95, and its transactions make 100",
        ),
    ] {
        let mut fleet = fleet();
        fleet.edit(1, |account| {
            account.lamports = account.lamports.checked_add_signed(moved).unwrap();
        });
        assert_eq!(check(&mut fleet).await, failed(reason));
        // Nor does a transaction explain them that moved others.
        fleet.chain.land(foreign(1), 60, 5_000, &[(address(1), 1)]);
        assert_eq!(check(&mut fleet).await.failed.count, 1);
    }
}

#[tokio::test(start_paused = true)]
async fn lamports_that_its_users_moved_are_reported() {
    let mut fleet = fleet();
    fleet.chain.land(foreign(1), 60, 5_000, &[(address(1), 50)]);
    fleet
        .chain
        .land(foreign(2), 61, 5_000, &[(address(1), -20)]);
    assert_eq!(check(&mut fleet).await, changed(2, &[], 30));
    set_value(&fleet, 8);
    assert_eq!(
        check(&mut fleet).await,
        changed(2, &[("value", "1", "8")], 30)
    );
}

#[tokio::test(start_paused = true)]
async fn a_transaction_that_the_node_lost_is_named() {
    let mut fleet = fleet();
    set_value(&fleet, 8);
    fleet.chain.land(foreign(1), 60, 5_000, &[(address(1), 50)]);
    fleet.chain.set_landed(foreign(1), None);
    let lost = format!(", without {}, which the node no longer has", foreign(1));
    let reason = format!("its lamports changed by 150, and its transactions make 100{lost}");
    assert_eq!(check(&mut fleet).await, failed(&reason));
    fleet.edit(1, |account| account.lamports -= 50);
    assert_eq!(
        check(&mut fleet).await,
        failed(&format!("value: 1 → 8{lost}"))
    );
}

#[tokio::test(start_paused = true)]
async fn an_account_that_left_has_to_say_why() {
    let owner = Pubkey::new_from_array([1; 32]);
    type Departure<'a> = (fn(&PlannedFleet), &'a str);
    let cases: [Departure; 4] = [
        (
            |fleet| fleet.edit(1, |account| account.data[0] ^= 1),
            "its discriminator is of neither layout",
        ),
        (
            |fleet| fleet.edit(1, |account| account.owner = Pubkey::new_from_array([1; 32])),
            &format!("it is owned by {owner} now"),
        ),
        (
            |fleet| fleet.edit(1, |account| account.data.clear()),
            "its discriminator is of neither layout",
        ),
        (
            |fleet| {
                let old = fleet.old(1).data;
                fleet.edit(1, |account| account.data = old);
            },
            "it is in the old layout",
        ),
    ];
    for (leave, reason) in cases {
        let mut fleet = fleet();
        leave(&fleet);
        assert_eq!(fleet.verify().await.accounts, failed(reason));
        fleet.chain.land(foreign(1), 60, 5_000, &[(address(1), 0)]);
        assert_eq!(fleet.verify().await.accounts, changed(1, &[], 0));
    }
}

#[tokio::test(start_paused = true)]
async fn an_account_that_was_rolled_back_is_left_over() {
    let mut fleet = fleet();
    let old = fleet.old(1).data;
    fleet.edit(1, |account| account.data = old);
    fleet.chain.land(foreign(1), 60, 5_000, &[(address(1), 0)]);
    let report = fleet.verify().await;
    assert_eq!(report.left_over[1].accounts.count, 1);
    assert!(!report.has_passed());
}

#[tokio::test(start_paused = true)]
async fn an_account_that_was_closed_has_to_say_why() {
    let mut fleet = fleet();
    fleet.close(1);
    let reason = "its lamports changed by -1000000, and its transactions make 100";
    assert_eq!(check(&mut fleet).await, failed(reason));

    let mut fleet = self::fleet();
    fleet
        .chain
        .land(foreign(1), 60, 5_000, &[(address(1), -1_000_100)]);
    fleet.close(1);
    assert_eq!(check(&mut fleet).await, changed(1, &[], -1_000_100));
}

#[tokio::test(start_paused = true)]
async fn an_account_that_does_not_decode_fails_whoever_did_it() {
    let mut fleet = fleet();
    fleet.edit(1, |account| account.data.truncate(50));
    fleet.chain.land(foreign(1), 60, 5_000, &[(address(1), 0)]);
    let found = check(&mut fleet).await;
    assert_eq!((found.checked, found.equal, found.failed.count), (2, 1, 1));
    let reason = &found.failed.first[0].reason;
    assert!(
        reason.starts_with("the account does not decode: "),
        "{reason}"
    );
}

#[tokio::test(start_paused = true)]
async fn rents_that_only_the_journal_had_wrong_are_corrected() {
    let mut fleet = PlannedFleet::new(2);
    let signature = fleet.begin(&[0, 1]);
    // As much as expected, and divided otherwise.
    fleet.land(signature, &[(0, 70), (1, 130)]);
    let report = fleet.verify().await;
    assert_eq!((report.accounts.equal, report.payer.audited), (2, 0));
    assert!(report.has_passed());
    let (page, _) = fleet.journal.migrated_page(0, 9).unwrap();
    let rents: Vec<_> = page
        .iter()
        .map(|planned| match planned.state {
            State::Migrated { top_up, .. } => top_up,
            _ => 0,
        })
        .collect();
    assert_eq!(rents, [70, 130]);
}

/// Two runners with the same keys sign the same transaction. One gets the answer that it was not sent, and signs
/// another, which finds the account migrated by what the other runner sent.
#[tokio::test(start_paused = true)]
async fn rent_counts_once_when_another_runner_sent_the_attempt() {
    let mut fleet = PlannedFleet::new(1);
    let not_sent = fleet.begin(&[0]);
    let outcome = Outcome::NotSent {
        reason: "the node does not know its blockhash".to_owned(),
    };
    let finished = (not_sent, outcome, Vec::new());
    fleet.journal.finish_attempts(&[finished]).unwrap();
    let again = fleet.begin(&[0]);
    fleet.land_unseen(not_sent, &[(0, 100)]);
    fleet.land(again, &[(0, 0)]);
    let report = fleet.verify().await;
    assert!(report.has_passed());
    assert_eq!((report.accounts.checked, report.accounts.equal), (1, 1));
    let payer = &report.payer;
    assert_eq!((payer.fees, payer.top_up), (2 * 5_000, 100));
    assert_eq!((payer.by_others(), payer.unknown), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn a_migration_that_took_lamports_fails() {
    let mut fleet = PlannedFleet::new(2);
    let signature = fleet.begin(&[0, 1]);
    fleet.land(signature, &[(0, 300), (1, 0)]);
    fleet
        .chain
        .facts()
        .accounts
        .get_mut(&address(1))
        .unwrap()
        .lamports -= 100;
    let mut landed = fleet.chain.landed(signature);
    landed.balances[2].2 -= 100;
    fleet.chain.set_landed(signature, Some(landed));
    assert_eq!(
        check(&mut fleet).await,
        failed("its migration took 100 lamports")
    );
}

#[tokio::test(start_paused = true)]
async fn accounts_that_others_migrated_are_checked() {
    let mut fleet = PlannedFleet::new(3);
    fleet.migrate(0..1);
    let by_others = State::Migrated {
        signature: None,
        top_up: 0,
        lamports_after: 1_000_060,
    };
    fleet
        .journal
        .set_states(&[(address(1), by_others)])
        .unwrap();
    // Of 2 the journal does not know it yet.
    for number in [1, 2] {
        let data = fleet.new_data(number);
        fleet.edit(number, |account| account.data = data);
        fleet
            .chain
            .land(foreign(number as u8), 60, 5_000, &[(address(number), 60)]);
    }
    let found = check(&mut fleet).await;
    assert_eq!((found.checked, found.equal, found.changed.count), (3, 1, 2));
    assert!(
        found
            .changed
            .first
            .iter()
            .all(|one| one.lamports == 60 && one.fields.is_empty())
    );

    let data = fleet.new_data(7);
    fleet.edit(2, |account| account.data = data);
    let found = check(&mut fleet).await;
    let value = ChangedField {
        field: "value".to_owned(),
        old: "2".to_owned(),
        new: "7".to_owned(),
    };
    assert_eq!(found.changed.first[1].fields, [value]);
}

#[tokio::test(start_paused = true)]
async fn what_the_journal_missed_is_for_resume() {
    let mut fleet = PlannedFleet::new(2);
    fleet.migrate(0..1);
    let signature = fleet.begin(&[1]);
    fleet.land_unseen(signature, &[(1, 100)]);
    let expired = (signature, Outcome::Expired, Vec::new());
    fleet.journal.finish_attempts(&[expired]).unwrap();
    let reason = "it is migrated: `fleet resume` notes it in the journal";
    assert_eq!(check(&mut fleet).await, failed(reason));
}

#[tokio::test(start_paused = true)]
async fn canaries_are_checked_without_the_rest() {
    let mut fleet = PlannedFleet::new(300);
    fleet.migrate(0..2);
    set_value(&fleet, 8);
    let client = fleet.client();
    let found = migrated(&client, &fleet.transition, &mut fleet.journal)
        .await
        .unwrap();
    assert_eq!(found, failed("value: 1 → 8"));
    assert_eq!(client.calls()["getMultipleAccounts"], 1);
}
