//! Growing by 30,000 bytes: 10,240 at a time, in the old layout, then the migration.

use {
    crate::lab::{AUTHORITY, FUNDS, Lab, instruction},
    anchor_lang::{Discriminator, solana_program::system_program},
    integration::rejection::expect_rejection,
    migration_lab::{
        error::LabError,
        state::{LedgerV1, LedgerV2},
    },
    svm_harness::{Backend, Instruction, Signer, on_both_backends},
};

/// The ledger in the first layout with zeroes behind it.
fn ledger_v1(len: usize) -> Vec<u8> {
    let total = 5u64.to_le_bytes();
    let mut data = [LedgerV1::DISCRIMINATOR, AUTHORITY.as_ref(), &total].concat();
    data.resize(len, 0);
    data
}

fn ledger_v2() -> Vec<u8> {
    let (total, epoch) = (5u64.to_le_bytes(), 1u32.to_le_bytes());
    let mut data = [LedgerV2::DISCRIMINATOR, AUTHORITY.as_ref(), &total, &epoch].concat();
    data.resize(30_048, 0);
    data
}

fn grow(lab: &Lab) -> Instruction {
    let accounts = migration_lab::accounts::OursGrow {
        ledger: lab.account,
        payer: lab.payer.pubkey(),
        system_program: system_program::ID,
    };
    instruction(accounts, migration_lab::instruction::OursGrow {})
}

fn migrate(lab: &Lab) -> Instruction {
    let accounts = migration_lab::accounts::OursMigrateGrown {
        ledger: lab.account,
        payer: lab.payer.pubkey(),
        system_program: system_program::ID,
    };
    instruction(accounts, migration_lab::instruction::OursMigrateGrown {})
}

async fn expect_rent_paid(lab: &mut Lab, len: usize) {
    let minimum = lab.svm.rent_exempt_minimum(len);
    assert_eq!(lab.lamports(lab.account).await, minimum);
    let paid = minimum - lab.svm.rent_exempt_minimum(48);
    assert_eq!(lab.lamports(lab.payer.pubkey()).await, FUNDS - paid);
}

/// Old clients read the ledger after every step; it is refused until it is long enough.
async fn a_ledger_grows_in_steps(backend: Backend) {
    let mut lab = Lab::start(backend, ledger_v1(48)).await;
    let payer = lab.payer.insecure_clone();
    let (grow, migrate) = (grow(&lab), migrate(&lab));
    for len in [10_288, 20_528, 30_048] {
        expect_rejection(
            &mut lab.svm,
            migrate.clone(),
            &[&payer],
            LabError::GrowFirst,
        )
        .await;
        lab.send(&[grow.clone()]).await.expect_ok();
        assert_eq!(lab.data().await, ledger_v1(len));
        expect_rent_paid(&mut lab, len).await;
    }
    // A step too many changes nothing.
    lab.send(&[grow]).await.expect_ok();
    assert_eq!(lab.data().await, ledger_v1(30_048));

    lab.send(&[migrate.clone()]).await.expect_ok();
    assert_eq!(lab.data().await, ledger_v2());
    expect_rent_paid(&mut lab, 30_048).await;
    expect_rejection(&mut lab.svm, migrate, &[&payer], LabError::AlreadyMigrated).await;
}

/// The limit counts per instruction, not per transaction.
async fn a_ledger_grows_and_migrates_in_one_transaction(backend: Backend) {
    let mut lab = Lab::start(backend, ledger_v1(48)).await;
    let (grow, migrate) = (grow(&lab), migrate(&lab));
    lab.send(&[grow.clone(), grow.clone(), grow, migrate])
        .await
        .expect_ok();
    assert_eq!(lab.data().await, ledger_v2());
    expect_rent_paid(&mut lab, 30_048).await;
}

async fn a_step_refuses_the_ledger_as_payer(backend: Backend) {
    let mut lab = Lab::start(backend, ledger_v1(48)).await;
    let account = lab.account_key.insecure_clone();
    let mut grow = grow(&lab);
    grow.accounts[1].pubkey = lab.account;
    expect_rejection(&mut lab.svm, grow, &[&account], LabError::Aliased).await;
}

on_both_backends!(
    a_ledger_grows_in_steps,
    a_ledger_grows_and_migrates_in_one_transaction,
    a_step_refuses_the_ledger_as_payer,
);
