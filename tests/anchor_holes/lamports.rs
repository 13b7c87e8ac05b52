//! Who gets the lamports, and who pays.

use {
    anchor_lang::solana_program::system_program,
    integration::{
        lab::{FUNDS, Lab, config_v1, config_v2, instruction, ours_accounts, ours_migrate},
        rejection::expect_rejection,
    },
    migration_lab::error::LabError,
    support::key::key,
    svm_harness::{Backend, Instruction, Pubkey, Signer, on_both_backends},
};

/// Rent-exempt minimums at 6,960 lamports per byte.
const MINIMUM_48: u64 = 1_224_960;
const MINIMUM_96: u64 = 1_559_040;
/// What shrinking from 96 to 48 bytes frees.
const FREED: u64 = 334_080;
/// What the config holds above its minimum, whoever put it there.
const SURPLUS: u64 = 7_000_000;

fn ours_shrink(lab: &Lab, receiver: Option<Pubkey>) -> Instruction {
    let accounts = migration_lab::accounts::OursShrink {
        config: lab.account,
        payer: lab.payer.pubkey(),
        system_program: system_program::ID,
        receiver,
    };
    instruction(accounts, migration_lab::instruction::OursShrink {})
}

async fn config_with_surplus(backend: Backend) -> Lab {
    let mut lab = Lab::start(backend, config_v2(5)).await;
    lab.set(config_v2(5), SURPLUS).await;
    assert_eq!(lab.lamports(lab.account).await, MINIMUM_96 + SURPLUS);
    lab
}

async fn anchor_refunds_every_surplus_to_the_payer(backend: Backend) {
    let mut lab = config_with_surplus(backend).await;
    let accounts = migration_lab::accounts::AnchorShrink {
        config: lab.account,
        payer: lab.payer.pubkey(),
        system_program: system_program::ID,
    };
    let shrink = instruction(accounts, migration_lab::instruction::AnchorShrink {});
    lab.send(&[shrink]).await.expect_ok();

    assert_eq!(lab.data().await, config_v1(5));
    assert_eq!(lab.lamports(lab.account).await, MINIMUM_48);
    assert_eq!(
        lab.lamports(lab.payer.pubkey()).await,
        FUNDS + FREED + SURPLUS
    );
}

async fn ours_keeps_the_surplus_by_default(backend: Backend) {
    let mut lab = config_with_surplus(backend).await;
    let shrink = ours_shrink(&lab, None);
    lab.send(&[shrink]).await.expect_ok();

    assert_eq!(lab.data().await, config_v1(5));
    assert_eq!(lab.lamports(lab.account).await, MINIMUM_96 + SURPLUS);
    assert_eq!(lab.lamports(lab.payer.pubkey()).await, FUNDS);
}

async fn ours_refunds_the_freed_rent_and_no_more(backend: Backend) {
    let mut lab = config_with_surplus(backend).await;
    let receiver = key("receiver").pubkey();
    lab.svm.fund(receiver, FUNDS).await;
    let shrink = ours_shrink(&lab, Some(receiver));
    lab.send(&[shrink]).await.expect_ok();

    assert_eq!(lab.data().await, config_v1(5));
    assert_eq!(lab.lamports(lab.account).await, MINIMUM_48 + SURPLUS);
    assert_eq!(lab.lamports(receiver).await, FUNDS + FREED);
    assert_eq!(lab.lamports(lab.payer.pubkey()).await, FUNDS);
}

/// An account that was not rent-exempt ends rent-exempt: it gives up only what lies above that.
async fn ours_refunds_less_when_the_account_had_less(backend: Backend) {
    let mut lab = config_with_surplus(backend).await;
    let receiver = key("receiver").pubkey();
    lab.svm.fund(receiver, FUNDS).await;
    let mut config = lab
        .svm
        .account(lab.account)
        .await
        .expect("the config exists");
    config.lamports = MINIMUM_48 + 3;
    lab.svm.set_account(lab.account, config).await;
    let shrink = ours_shrink(&lab, Some(receiver));
    lab.send(&[shrink]).await.expect_ok();

    assert_eq!(lab.lamports(lab.account).await, MINIMUM_48);
    assert_eq!(lab.lamports(receiver).await, FUNDS + 3);
}

async fn ours_rejects_the_account_itself_as_receiver(backend: Backend) {
    let mut lab = config_with_surplus(backend).await;
    let payer = lab.payer.insecure_clone();
    let shrink = ours_shrink(&lab, Some(lab.account));
    expect_rejection(&mut lab.svm, shrink, &[&payer], LabError::Aliased).await;
}

async fn ours_rejects_the_account_itself_as_payer(backend: Backend) {
    let mut lab = Lab::start(backend, config_v1(5)).await;
    let config = lab.account_key.insecure_clone();
    let mut accounts = ours_accounts(&lab);
    accounts.payer = lab.account;
    let migrate = instruction(accounts, migration_lab::instruction::OursMigrate {});
    expect_rejection(&mut lab.svm, migrate, &[&config], LabError::Aliased).await;
}

async fn the_payer_pays_exactly_what_is_missing(backend: Backend) {
    for (surplus, paid) in [(0, FREED), (1, FREED - 1), (FREED, 0), (SURPLUS, 0)] {
        let mut lab = Lab::start(backend, config_v1(5)).await;
        lab.set(config_v1(5), surplus).await;
        let migrate = ours_migrate(&lab);
        lab.send(&[migrate]).await.expect_ok();

        assert_eq!(lab.data().await, config_v2(5));
        assert_eq!(lab.lamports(lab.account).await, MINIMUM_48 + surplus + paid);
        assert_eq!(lab.lamports(lab.payer.pubkey()).await, FUNDS - paid);
    }
}

/// An account made at 6,960 lamports per byte needs nothing at 5,080 and keeps what it has.
async fn nobody_pays_after_the_rent_fell(backend: Backend) {
    let mut lab = Lab::start_with_rent(backend, 5_080, config_v1(5)).await;
    let mut config = lab
        .svm
        .account(lab.account)
        .await
        .expect("the config exists");
    config.lamports = MINIMUM_48;
    lab.svm.set_account(lab.account, config).await;
    let migrate = ours_migrate(&lab);
    lab.send(&[migrate]).await.expect_ok();

    assert_eq!(lab.data().await, config_v2(5));
    assert_eq!(lab.lamports(lab.account).await, MINIMUM_48);
    assert_eq!(lab.lamports(lab.payer.pubkey()).await, FUNDS);
}

async fn ours_takes_the_payers_last_lamport_and_asks_for_no_more(backend: Backend) {
    let mut lab = Lab::start(backend, config_v1(5)).await;
    let payer = lab.payer.insecure_clone();
    let mut poor = lab
        .svm
        .account(payer.pubkey())
        .await
        .expect("the payer exists");
    poor.lamports = FREED - 1;
    lab.svm.set_account(payer.pubkey(), poor.clone()).await;
    let migrate = ours_migrate(&lab);
    expect_rejection(
        &mut lab.svm,
        migrate.clone(),
        &[&payer],
        LabError::InsufficientFunds,
    )
    .await;

    poor.lamports = FREED;
    lab.svm.set_account(payer.pubkey(), poor).await;
    lab.send(&[migrate]).await.expect_ok();
    assert_eq!(lab.lamports(lab.account).await, MINIMUM_96);
    assert_eq!(lab.lamports(payer.pubkey()).await, 0);
}

on_both_backends!(
    anchor_refunds_every_surplus_to_the_payer,
    ours_keeps_the_surplus_by_default,
    ours_refunds_the_freed_rent_and_no_more,
    ours_refunds_less_when_the_account_had_less,
    ours_rejects_the_account_itself_as_receiver,
    ours_rejects_the_account_itself_as_payer,
    the_payer_pays_exactly_what_is_missing,
    nobody_pays_after_the_rent_fell,
    ours_takes_the_payers_last_lamport_and_asks_for_no_more,
);
