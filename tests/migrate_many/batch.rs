//! What becomes of the configs of a batch.

use {
    crate::fleet::{Fleet, expect_event},
    app::state::{AnyConfig, ConfigV2},
    integration::scene::{FUNDS, account},
    support::{bytes::exact_bytes, client_v1, client_v2, key::key},
    svm_harness::{Backend, DEFAULT_LAMPORTS_PER_BYTE, Signer, on_both_backends},
};

on_both_backends!(
    every_config_v1_is_migrated_and_every_config_v2_skipped,
    a_batch_sent_again_changes_nothing,
    a_migrated_config_need_not_be_writable,
    a_config_listed_twice_is_migrated_and_paid_for_once,
    a_batch_takes_what_migrate_takes_at_every_length,
    a_payer_of_its_own_pays,
    a_migrated_config_is_used_in_the_same_transaction,
);

/// Lamports that a config made at the default rent lacks at its new size.
const MISSING: u64 = 48 * DEFAULT_LAMPORTS_PER_BYTE;

async fn every_config_v1_is_migrated_and_every_config_v2_skipped(backend: Backend) {
    let mut fleet = Fleet::start(backend, 6).await;
    // Two were migrated before, and one of them is in use.
    for index in [1, 4] {
        fleet.migrate_one(index).await;
    }
    let user = fleet.authorities[4].insecure_clone();
    let uses = [
        client_v2::set_fee(&user.pubkey(), 3, key("mint").pubkey()),
        client_v2::set_operators(&user.pubkey(), vec![key("operator").pubkey()]),
    ];
    fleet.svm.send(&uses, &[&user]).await.expect_ok();
    let before = fleet.accounts().await;

    let batch = fleet.migrate_many(&fleet.configs);
    let outcome = fleet.send(batch).await.expect_ok();

    expect_event(backend, &outcome, 4, 2, 4 * MISSING);
    assert_eq!(fleet.funds().await, FUNDS - 4 * MISSING);
    let after = fleet.accounts().await;
    for index in [0, 2, 3, 5] {
        assert_eq!(before[index].data, fleet.unmigrated(index), "{index}");
        let expected = account(
            app::ID,
            fleet.migrated(index),
            before[index].lamports + MISSING,
        );
        assert_eq!(after[index], expected, "{index}");
    }
    for index in [1, 4] {
        assert_eq!(after[index], before[index], "{index}");
    }
}

async fn a_batch_sent_again_changes_nothing(backend: Backend) {
    let mut fleet = Fleet::start(backend, 3).await;
    let batch = fleet.migrate_many(&fleet.configs);
    let outcome = fleet.send(batch.clone()).await.expect_ok();
    expect_event(backend, &outcome, 3, 0, 3 * MISSING);
    let (accounts, funds) = (fleet.accounts().await, fleet.funds().await);

    let outcome = fleet.send(batch).await.expect_ok();

    expect_event(backend, &outcome, 0, 3, 0);
    assert_eq!(fleet.accounts().await, accounts);
    assert_eq!(fleet.funds().await, funds);
}

async fn a_migrated_config_need_not_be_writable(backend: Backend) {
    let mut fleet = Fleet::start(backend, 2).await;
    fleet.migrate_one(0).await;
    let before = fleet.account(fleet.configs[0]).await;
    let mut batch = fleet.migrate_many(&fleet.configs);
    batch.accounts[4].is_writable = false;

    let outcome = fleet.send(batch).await.expect_ok();

    expect_event(backend, &outcome, 1, 1, MISSING);
    assert_eq!(fleet.account(fleet.configs[0]).await, before);
    assert_eq!(
        fleet.account(fleet.configs[1]).await.data,
        fleet.migrated(1)
    );
}

async fn a_config_listed_twice_is_migrated_and_paid_for_once(backend: Backend) {
    let mut fleet = Fleet::start(backend, 3).await;
    let before = fleet.accounts().await;
    let [a, b, c] = fleet.configs[..] else {
        panic!("three configs")
    };
    let batch = fleet.migrate_many(&[a, a, b, a, c, b]);

    let outcome = fleet.send(batch).await.expect_ok();

    expect_event(backend, &outcome, 3, 3, 3 * MISSING);
    assert_eq!(fleet.funds().await, FUNDS - 3 * MISSING);
    for (index, (before, after)) in before.iter().zip(fleet.accounts().await).enumerate() {
        let expected = account(app::ID, fleet.migrated(index), before.lamports + MISSING);
        assert_eq!(after, expected, "{index}");
    }
}

/// Bytes behind the fields are dropped, and lamports above the minimum stay.
async fn a_batch_takes_what_migrate_takes_at_every_length(backend: Backend) {
    let mut fleet = Fleet::start(backend, 1).await;
    let mut planted = Vec::new();
    for len in [48, 49, 95, 96, 97, 128, 10_240] {
        let address = key(&format!("{len} bytes")).pubkey();
        let mut data = fleet.unmigrated(0);
        data.resize(len, 0xaa);
        let lamports = fleet.svm.rent_exempt_minimum(len);
        let config = account(app::ID, data, lamports);
        fleet.svm.set_account(address, config).await;
        planted.push((address, len));
    }
    let addresses: Vec<_> = planted.iter().map(|(address, _)| *address).collect();

    let outcome = fleet.send(fleet.migrate_many(&addresses)).await.expect_ok();

    // 48, 49 and 95 bytes were too short.
    let paid = (48 + 47 + 1) * DEFAULT_LAMPORTS_PER_BYTE;
    expect_event(backend, &outcome, 7, 0, paid);
    assert_eq!(fleet.funds().await, FUNDS - paid);
    for (address, len) in planted {
        let lamports = fleet.svm.rent_exempt_minimum(len.max(96));
        let expected = account(app::ID, fleet.migrated(0), lamports);
        assert_eq!(fleet.account(address).await, expected, "{len}");
    }
}

async fn a_payer_of_its_own_pays(backend: Backend) {
    let mut fleet = Fleet::start(backend, 2).await;
    let payer = key("payer");
    fleet.svm.fund(payer.pubkey(), FUNDS).await;
    let mut batch = fleet.migrate_many(&fleet.configs);
    batch.accounts[1].pubkey = payer.pubkey();
    let signer = fleet.upgrade_authority.insecure_clone();

    fleet
        .svm
        .send(&[batch], &[&signer, &payer])
        .await
        .expect_ok();

    assert_eq!(fleet.funds().await, FUNDS);
    let left = fleet.account(payer.pubkey()).await.lamports;
    assert_eq!(left, FUNDS - 2 * MISSING);
}

async fn a_migrated_config_is_used_in_the_same_transaction(backend: Backend) {
    let mut fleet = Fleet::start(backend, 2).await;
    let owner = fleet.authorities[1].insecure_clone();
    let signer = fleet.upgrade_authority.insecure_clone();
    let instructions = [
        fleet.migrate_many(&fleet.configs),
        client_v1::update(&owner.pubkey(), 7),
        client_v2::update_v2(&fleet.configs[1], &owner.pubkey(), 8, Some(1)),
    ];

    fleet
        .svm
        .send(&instructions, &[&signer, &owner])
        .await
        .expect_ok();

    let config = ConfigV2 {
        authority: owner.pubkey(),
        value: 8,
        revision: 2,
        fee: 0,
        fee_mint: Default::default(),
        operators: vec![],
    };
    let data = fleet.account(fleet.configs[1]).await.data;
    assert_eq!(data, exact_bytes(&AnyConfig::V2(config)));
}
