//! Growing by 30,000 bytes: 10,240 at a time, in the old layout, then the migration.

use {
    anchor_lang::{Discriminator, prelude::AccountMeta, solana_program::system_program},
    integration::{
        lab::{AUTHORITY, FUNDS, Lab, instruction},
        rejection::expect_rejection,
    },
    migration_lab::{
        error::LabError,
        state::{LedgerV1, LedgerV2},
    },
    support::key::key,
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

/// A step to `len` bytes, after which `missing` are to be added.
fn grow(lab: &Lab, len: u64, missing: u64) -> Instruction {
    let accounts = migration_lab::accounts::OursGrow {
        ledger: lab.account,
        payer: lab.payer.pubkey(),
        system_program: system_program::ID,
    };
    instruction(
        accounts,
        migration_lab::instruction::OursGrow { len, missing },
    )
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

/// Old clients read the ledger after every step; it is rejected until it is long enough.
async fn a_ledger_grows_in_steps(backend: Backend) {
    let mut lab = Lab::start(backend, ledger_v1(48)).await;
    let payer = lab.payer.insecure_clone();
    let migrate = migrate(&lab);
    for (len, missing) in [(10_288, 19_760), (20_528, 9_520), (30_048, 0)] {
        expect_rejection(
            &mut lab.svm,
            migrate.clone(),
            &[&payer],
            LabError::GrowFirst,
        )
        .await;
        let grow = grow(&lab, len as u64, missing);
        lab.send(&[grow]).await.expect_ok();
        assert_eq!(lab.data().await, ledger_v1(len));
        expect_rent_paid(&mut lab, len).await;
    }
    lab.send(std::slice::from_ref(&migrate)).await.expect_ok();
    assert_eq!(lab.data().await, ledger_v2());
    expect_rent_paid(&mut lab, 30_048).await;
    expect_rejection(&mut lab.svm, migrate, &[&payer], LabError::AlreadyMigrated).await;
}

/// The limit counts per instruction, not per transaction.
async fn a_ledger_grows_and_migrates_in_one_transaction(backend: Backend) {
    let mut lab = Lab::start(backend, ledger_v1(48)).await;
    let instructions = [
        grow(&lab, 10_288, 19_760),
        grow(&lab, 20_528, 9_520),
        grow(&lab, 30_048, 0),
        migrate(&lab),
    ];
    lab.send(&instructions).await.expect_ok();
    assert_eq!(lab.data().await, ledger_v2());
    expect_rent_paid(&mut lab, 30_048).await;
}

async fn a_step_too_many_changes_nothing(backend: Backend) {
    for len in [30_048, 30_049] {
        let mut lab = Lab::start(backend, ledger_v1(len)).await;
        let grow = grow(&lab, len as u64, 0);
        lab.send(&[grow]).await.expect_ok();
        assert_eq!(lab.data().await, ledger_v1(len));
        assert_eq!(lab.lamports(lab.payer.pubkey()).await, FUNDS);
    }
}

/// What a step answers is compared, both numbers of it: the program would say if it were otherwise.
async fn a_step_says_how_far_it_went(backend: Backend) {
    let mut lab = Lab::start(backend, ledger_v1(48)).await;
    let payer = lab.payer.insecure_clone();
    for (len, missing) in [(10_287, 19_760), (10_288, 19_761)] {
        let grow = grow(&lab, len, missing);
        expect_rejection(&mut lab.svm, grow, &[&payer], LabError::UnexpectedGrowth).await;
    }
}

/// A batch is all or nothing: one ledger that is too short keeps the others as they are.
async fn a_batch_waits_until_every_ledger_has_grown(backend: Backend) {
    let mut lab = Lab::start(backend, ledger_v1(30_048)).await;
    let payer = lab.payer.insecure_clone();
    let short = key("short ledger").pubkey();
    let ledger = lab.svm.account(lab.account).await.expect("it exists");
    let mut account = ledger.clone();
    account.data.truncate(30_047);
    lab.svm.set_account(short, account).await;
    let accounts = migration_lab::accounts::OursMigrateMany {
        payer: payer.pubkey(),
        system_program: system_program::ID,
    };
    let mut batch = instruction(accounts, migration_lab::instruction::OursMigrateMany {});
    batch.accounts.push(AccountMeta::new(lab.account, false));
    batch.accounts.push(AccountMeta::new(short, false));
    expect_rejection(&mut lab.svm, batch.clone(), &[&payer], LabError::GrowFirst).await;

    lab.svm.set_account(short, ledger).await;
    lab.send(&[batch]).await.expect_ok();
    for address in [lab.account, short] {
        let account = lab.svm.account(address).await.expect("it stays");
        assert_eq!(account.data, ledger_v2());
    }
    assert_eq!(lab.lamports(payer.pubkey()).await, FUNDS);
}

async fn a_step_rejects_the_ledger_as_payer(backend: Backend) {
    let mut lab = Lab::start(backend, ledger_v1(48)).await;
    let account = lab.account_key.insecure_clone();
    let mut grow = grow(&lab, 10_288, 19_760);
    grow.accounts[1].pubkey = lab.account;
    expect_rejection(&mut lab.svm, grow, &[&account], LabError::Aliased).await;
}

async fn a_step_rejects_a_ledger_that_is_not_writable(backend: Backend) {
    let mut lab = Lab::start(backend, ledger_v1(48)).await;
    let payer = lab.payer.insecure_clone();
    let accounts = migration_lab::accounts::OursGrowWithoutMut {
        ledger: lab.account,
        payer: lab.payer.pubkey(),
        system_program: system_program::ID,
    };
    let mut grow = instruction(accounts, migration_lab::instruction::OursGrowWithoutMut {});
    assert!(!grow.accounts[0].is_writable);
    expect_rejection(&mut lab.svm, grow.clone(), &[&payer], LabError::NotWritable).await;

    grow.accounts[0].is_writable = true;
    lab.send(&[grow]).await.expect_ok();
    assert_eq!(lab.data().await, ledger_v1(10_288));
}

on_both_backends!(
    a_ledger_grows_in_steps,
    a_ledger_grows_and_migrates_in_one_transaction,
    a_step_too_many_changes_nothing,
    a_step_says_how_far_it_went,
    a_batch_waits_until_every_ledger_has_grown,
    a_step_rejects_the_ledger_as_payer,
    a_step_rejects_a_ledger_that_is_not_writable,
);
