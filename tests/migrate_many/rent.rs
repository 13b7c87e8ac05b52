//! Who pays how much: exactly what the migrated configs lack, in one transfer, within the limit.

use {
    crate::fleet::{Fleet, events, expect_event},
    anchor_lang::solana_program::system_program,
    app::error::ConfigError,
    integration::{
        rejection::expect_rejection,
        scene::{FUNDS, account},
    },
    support::{client_v2, key::key},
    svm_harness::{
        Account, Backend, DEFAULT_LAMPORTS_PER_BYTE, Signer, on_both_backends, rent_exempt_minimum,
    },
};

on_both_backends!(
    each_config_gets_exactly_what_it_lacks,
    a_batch_pays_at_the_rent_of_the_day,
    a_batch_that_lacks_nothing_calls_nobody,
    nobody_pays_above_the_limit,
    a_limit_is_looked_at_before_the_payer,
    a_payer_without_the_whole_top_up_is_rejected,
);

fn v1_rent(lamports_per_byte: u64) -> u64 {
    rent_exempt_minimum(48, lamports_per_byte)
}

fn v2_rent(lamports_per_byte: u64) -> u64 {
    rent_exempt_minimum(96, lamports_per_byte)
}

/// Configs that lack everything, something, one lamport, nothing, or have more than they need; the
/// first of the batch lacks nothing.
async fn each_config_gets_exactly_what_it_lacks(backend: Backend) {
    for rate in [6_960, 5_080, 2_575, 696] {
        let missing = 48 * rate;
        let donated = [missing, 0, 1, missing - 1, missing + 1, 0, 5 * missing];
        let lacks = [0, missing, missing - 1, 1, 0, missing, 0];
        let mut fleet = Fleet::start_with_rent(backend, rate, donated.len()).await;
        // This one is migrated already and lacks all of its rent: it is skipped, not paid for.
        let skipped = key("poor config").pubkey();
        let poor = account(app::ID, fleet.migrated(0), 1);
        fleet.svm.set_account(skipped, poor.clone()).await;
        for (config, lamports) in fleet.configs.clone().into_iter().zip(donated) {
            if lamports > 0 {
                fleet.svm.fund(config, lamports).await;
            }
        }
        let listed = [&fleet.configs[..], &[skipped]].concat();

        let batch = fleet.migrate_many(&listed);
        let outcome = fleet.send(batch).await.expect_ok();

        let top_up = 3 * missing;
        expect_event(backend, &outcome, 7, 1, top_up);
        assert_eq!(fleet.funds().await, FUNDS - top_up);
        for (index, after) in fleet.accounts().await.into_iter().enumerate() {
            let lamports = v1_rent(rate) + donated[index] + lacks[index];
            let expected = account(app::ID, fleet.migrated(index), lamports);
            assert_eq!(after, expected, "{index} at {rate}");
        }
        assert_eq!(fleet.account(skipped).await, poor);
        if backend == Backend::Loader {
            let transfer = format!("Program {} invoke [2]", system_program::ID);
            let transfers = outcome.logs.iter().filter(|line| **line == transfer);
            assert_eq!(transfers.count(), 1, "{}", outcome.logs.join("\n"));
        }
    }
}

async fn a_batch_pays_at_the_rent_of_the_day(backend: Backend) {
    let rises = v2_rent(6_960) - v1_rent(696);
    for (created_at, migrated_at, lacks) in [(696, 6_960, rises), (6_960, 5_080, 0)] {
        let mut fleet = Fleet::start_with_rent(backend, created_at, 3).await;
        fleet.svm.set_rent(migrated_at).await;

        let batch = fleet.migrate_many(&fleet.configs);
        let outcome = fleet.send(batch).await.expect_ok();

        expect_event(backend, &outcome, 3, 0, 3 * lacks);
        assert_eq!(fleet.funds().await, FUNDS - 3 * lacks);
        for (index, after) in fleet.accounts().await.into_iter().enumerate() {
            let lamports = v1_rent(created_at) + lacks;
            let expected = account(app::ID, fleet.migrated(index), lamports);
            assert_eq!(after, expected, "{index}");
        }
        if lacks == 0 && backend == Backend::Loader {
            assert!(!outcome.logs.join("\n").contains("invoke [2]"));
        }
    }
}

/// Configs with exactly the rent of their new length. A transfer of nothing would be a call as well.
async fn a_batch_that_lacks_nothing_calls_nobody(backend: Backend) {
    let mut fleet = Fleet::start(backend, 3).await;
    let missing = 48 * DEFAULT_LAMPORTS_PER_BYTE;
    for config in fleet.configs.clone() {
        fleet.svm.fund(config, missing).await;
    }

    let batch = fleet.migrate_many(&fleet.configs);
    let outcome = fleet.send(batch).await.expect_ok();

    expect_event(backend, &outcome, 3, 0, 0);
    assert_eq!(fleet.funds().await, FUNDS);
    if backend == Backend::Loader {
        assert!(!outcome.logs.join("\n").contains("invoke [2]"));
    }
}

/// The limit counts what all configs lack together; what is skipped counts nothing.
async fn nobody_pays_above_the_limit(backend: Backend) {
    let mut fleet = Fleet::start(backend, 4).await;
    fleet.migrate_one(2).await;
    let top_up = 3 * 48 * DEFAULT_LAMPORTS_PER_BYTE;
    let signer = fleet.upgrade_authority.insecure_clone();
    let within = |limit| client_v2::migrate_many(&fleet.configs, &signer.pubkey(), limit);
    let [none, less, exact] = [0, top_up - 1, top_up].map(within);

    for too_little in [none.clone(), less] {
        let code = ConfigError::TopUpAboveLimit;
        expect_rejection(&mut fleet.svm, too_little, &[&signer], code).await;
    }
    let outcome = fleet.send(exact).await.expect_ok();
    expect_event(backend, &outcome, 3, 1, top_up);

    // Nothing is missing any more, so a limit of nothing is kept.
    let outcome = fleet.send(none).await.expect_ok();
    expect_event(backend, &outcome, 0, 4, 0);
}

/// A payer that has no more than its limit is not asked for more.
async fn a_limit_is_looked_at_before_the_payer(backend: Backend) {
    let mut fleet = Fleet::start(backend, 3).await;
    let limit = 3 * 48 * DEFAULT_LAMPORTS_PER_BYTE - 1;
    let payer = key("poor payer");
    let account = Account {
        lamports: limit,
        ..Account::default()
    };
    fleet.svm.set_account(payer.pubkey(), account).await;
    let signer = fleet.upgrade_authority.insecure_clone();
    let mut batch = client_v2::migrate_many(&fleet.configs, &signer.pubkey(), limit);
    batch.accounts[1].pubkey = payer.pubkey();
    let signers = [&signer, &payer];
    let code = ConfigError::TopUpAboveLimit;
    expect_rejection(&mut fleet.svm, batch, &signers, code).await;
}

async fn a_payer_without_the_whole_top_up_is_rejected(backend: Backend) {
    let mut fleet = Fleet::start(backend, 3).await;
    let top_up = 3 * 48 * DEFAULT_LAMPORTS_PER_BYTE;
    let payer = key("poor payer");
    let signer = fleet.upgrade_authority.insecure_clone();
    let mut batch = fleet.migrate_many(&fleet.configs);
    batch.accounts[1].pubkey = payer.pubkey();
    let with = |lamports| Account {
        lamports,
        ..Account::default()
    };

    fleet
        .svm
        .set_account(payer.pubkey(), with(top_up - 1))
        .await;
    expect_rejection(
        &mut fleet.svm,
        batch.clone(),
        &[&signer, &payer],
        ConfigError::InsufficientFunds,
    )
    .await;

    fleet.svm.set_account(payer.pubkey(), with(top_up)).await;
    let outcome = fleet.svm.send(&[batch], &[&signer, &payer]).await;
    let outcome = outcome.expect_ok();
    assert_eq!(fleet.svm.account(payer.pubkey()).await, None);
    if backend == Backend::Loader {
        assert_eq!(events(&outcome), [(3, 0, top_up)]);
    }
}
