//! Discriminators that cannot tell the layouts apart. `account_migration` does not compile such a
//! pair; with one that it takes, the second migration is rejected.

use {
    anchor_lang::solana_program::system_program,
    integration::{
        lab::{Lab, config_v1, config_v2, instruction, ours_migrate},
        rejection::expect_rejection,
    },
    migration_lab::error::LabError,
    svm_harness::{Backend, Signer, on_both_backends},
};

/// 5 dollars become 500 cents, and then 500 times 100.
async fn anchor_applies_twice_with_equal_discriminators(backend: Backend) {
    let price = |amount: u64| [&[7][..], &amount.to_le_bytes()].concat();
    let mut lab = Lab::start(backend, price(5)).await;
    let migrate = instruction(
        migration_lab::accounts::AnchorEqual { price: lab.account },
        migration_lab::instruction::AnchorEqual {},
    );

    lab.send(std::slice::from_ref(&migrate)).await.expect_ok();
    assert_eq!(lab.data().await, price(500));
    lab.send(&[migrate]).await.expect_ok();
    assert_eq!(lab.data().await, price(50_000));
}

/// The second time, the new discriminator's second byte is read as part of the amount.
async fn anchor_applies_twice_when_one_discriminator_begins_with_the_other(backend: Backend) {
    let dollars = [&[8][..], &5u64.to_le_bytes()].concat();
    let cents = |amount: u64| [&[8, 1][..], &amount.to_le_bytes()].concat();
    let mut lab = Lab::start(backend, dollars).await;
    let accounts = migration_lab::accounts::AnchorPrefix {
        price: lab.account,
        payer: lab.payer.pubkey(),
        system_program: system_program::ID,
    };
    let migrate = instruction(accounts, migration_lab::instruction::AnchorPrefix {});

    lab.send(std::slice::from_ref(&migrate)).await.expect_ok();
    assert_eq!(lab.data().await, cents(500));
    lab.send(&[migrate]).await.expect_ok();
    assert_eq!(lab.data().await, cents((500 * 256 + 1) * 100));
}

async fn ours_applies_once(backend: Backend) {
    let mut lab = Lab::start(backend, config_v1(5)).await;
    let migrate = ours_migrate(&lab);
    lab.send(std::slice::from_ref(&migrate)).await.expect_ok();
    assert_eq!(lab.data().await, config_v2(5));

    let payer = lab.payer.insecure_clone();
    expect_rejection(&mut lab.svm, migrate, &[&payer], LabError::AlreadyMigrated).await;
}

on_both_backends!(
    anchor_applies_twice_with_equal_discriminators,
    anchor_applies_twice_when_one_discriminator_begins_with_the_other,
    ours_applies_once,
);
