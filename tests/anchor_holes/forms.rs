//! Forms that Anchor's own `Migration` does not take: boxed, zero-copy, closed, two layouts at once.

use {
    anchor_lang::{Discriminator, solana_program::system_program},
    integration::{
        lab::{AUTHORITY, FUNDS, Lab, config_v1, instruction},
        rejection::expect_rejection,
    },
    migration_lab::{
        error::LabError,
        state::{ConfigV3, CounterV1, CounterV2},
    },
    svm_harness::{Backend, Signer, on_both_backends},
};

async fn a_boxed_config_skips_a_layout(backend: Backend) {
    let mut lab = Lab::start(backend, config_v1(5)).await;
    let accounts = migration_lab::accounts::OursChain {
        config: lab.account,
        payer: lab.payer.pubkey(),
        system_program: system_program::ID,
    };
    let migrate = instruction(accounts, migration_lab::instruction::OursChain {});
    lab.send(std::slice::from_ref(&migrate)).await.expect_ok();

    let value = 5u64.to_le_bytes();
    let config_v3 = [
        ConfigV3::DISCRIMINATOR,
        AUTHORITY.as_ref(),
        &value,
        &[0; 49],
    ]
    .concat();
    assert_eq!(lab.data().await, config_v3);
    assert_eq!(
        lab.lamports(lab.account).await,
        lab.svm.rent_exempt_minimum(97)
    );

    let payer = lab.payer.insecure_clone();
    expect_rejection(&mut lab.svm, migrate, &[&payer], LabError::AlreadyMigrated).await;
}

async fn a_zero_copy_account_migrates(backend: Backend) {
    let count = 5u64.to_le_bytes();
    let counter_v1 = [CounterV1::DISCRIMINATOR, &count].concat();
    let counter_v2 = [CounterV2::DISCRIMINATOR, &count, &[0xFF; 8]].concat();
    let mut lab = Lab::start(backend, counter_v1).await;
    let accounts = migration_lab::accounts::OursZeroCopy {
        counter: lab.account,
        payer: lab.payer.pubkey(),
        system_program: system_program::ID,
    };
    let migrate = instruction(accounts, migration_lab::instruction::OursZeroCopy {});
    lab.send(std::slice::from_ref(&migrate)).await.expect_ok();
    assert_eq!(lab.data().await, counter_v2);

    let payer = lab.payer.insecure_clone();
    expect_rejection(&mut lab.svm, migrate, &[&payer], LabError::AlreadyMigrated).await;
}

async fn a_pending_account_can_be_closed(backend: Backend) {
    let mut lab = Lab::start(backend, config_v1(5)).await;
    let lamports = lab.lamports(lab.account).await;
    let accounts = migration_lab::accounts::OursClose {
        config: lab.account,
        receiver: lab.payer.pubkey(),
    };
    let close = instruction(accounts, migration_lab::instruction::OursClose {});
    lab.send(&[close]).await.expect_ok();
    assert_eq!(lab.svm.account(lab.account).await, None);
    assert_eq!(lab.lamports(lab.payer.pubkey()).await, FUNDS + lamports);
}

on_both_backends!(
    a_boxed_config_skips_a_layout,
    a_zero_copy_account_migrates,
    a_pending_account_can_be_closed,
);
