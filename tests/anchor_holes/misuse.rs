//! Programs that use the type wrongly.

use {
    crate::stale_bytes::{card_v1, card_v2},
    anchor_lang::{InstructionData, solana_program::system_program},
    integration::{
        lab::{Lab, config_v1, config_v2, instruction, ours_accounts},
        rejection::{expect_rejection, snapshot},
    },
    migration_lab::error::LabError,
    svm_harness::{
        Backend, Instruction, InstructionError, Signer, TransactionError, on_both_backends,
    },
};

fn ours_without_mut(lab: &Lab) -> Instruction {
    let accounts = migration_lab::accounts::OursWithoutMut {
        card: lab.account,
        payer: lab.payer.pubkey(),
        system_program: system_program::ID,
    };
    instruction(accounts, migration_lab::instruction::OursWithoutMut {})
}

/// The instruction says that it migrated, whatever the client passes.
async fn anchor_without_mut_writes_nothing(backend: Backend) {
    let mut lab = Lab::start(backend, card_v1()).await;
    let mut migrate = instruction(
        migration_lab::accounts::AnchorWithoutMut { card: lab.account },
        migration_lab::instruction::AnchorWithoutMut {},
    );
    assert!(!migrate.accounts[0].is_writable);
    lab.send(std::slice::from_ref(&migrate)).await.expect_ok();
    assert_eq!(lab.data().await, card_v1());

    migrate.accounts[0].is_writable = true;
    lab.send(&[migrate]).await.expect_ok();
    assert_eq!(lab.data().await, card_v1());
}

async fn ours_without_mut_is_rejected(backend: Backend) {
    let mut lab = Lab::start(backend, card_v1()).await;
    let payer = lab.payer.insecure_clone();
    let migrate = ours_without_mut(&lab);
    expect_rejection(&mut lab.svm, migrate, &[&payer], LabError::NotWritable).await;
}

/// Then the client's word counts.
async fn ours_without_mut_migrates_what_is_writable(backend: Backend) {
    let mut lab = Lab::start(backend, card_v1()).await;
    let mut migrate = ours_without_mut(&lab);
    migrate.accounts[0].is_writable = true;
    lab.send(&[migrate]).await.expect_ok();
    assert_eq!(lab.data().await, card_v2([0; 32]));
}

async fn expect_panic(backend: Backend, data: impl InstructionData) {
    let mut lab = Lab::start(backend, card_v1()).await;
    let accounts = migration_lab::accounts::AnchorIntoInner { card: lab.account };
    let instructions = [instruction(accounts, data)];
    let before = snapshot(&mut lab.svm, &instructions).await;
    let outcome = lab.send(&instructions).await;
    let panicked = InstructionError::ProgramFailedToComplete;
    assert_eq!(
        outcome.result,
        Err(TransactionError::InstructionError(0, panicked))
    );
    assert_eq!(snapshot(&mut lab.svm, &instructions).await, before);
}

async fn anchor_panics_when_into_inner_is_called_again(backend: Backend) {
    expect_panic(backend, migration_lab::instruction::AnchorIntoInnerTwice {}).await;
}

async fn anchor_panics_when_the_old_view_is_used_again(backend: Backend) {
    expect_panic(backend, migration_lab::instruction::AnchorOldViewAfter {}).await;
}

async fn ours_begins_again_after_giving_up(backend: Backend) {
    let mut lab = Lab::start(backend, config_v1(5)).await;
    let data = migration_lab::instruction::OursBeginAgain {};
    let migrate = instruction(ours_accounts(&lab), data);
    lab.send(&[migrate]).await.expect_ok();
    assert_eq!(lab.data().await, config_v2(5));
}

async fn ours_does_not_begin_after_migrating(backend: Backend) {
    let mut lab = Lab::start(backend, config_v1(5)).await;
    let payer = lab.payer.insecure_clone();
    let data = migration_lab::instruction::OursMigrateTwice {};
    let migrate = instruction(ours_accounts(&lab), data);
    expect_rejection(&mut lab.svm, migrate, &[&payer], LabError::AlreadyMigrated).await;
}

async fn ours_does_not_end_without_migrating(backend: Backend) {
    let mut lab = Lab::start(backend, config_v1(5)).await;
    let payer = lab.payer.insecure_clone();
    let forget = instruction(
        ours_accounts(&lab),
        migration_lab::instruction::OursForget {},
    );
    expect_rejection(&mut lab.svm, forget, &[&payer], LabError::NotMigrated).await;
}

on_both_backends!(
    anchor_without_mut_writes_nothing,
    ours_without_mut_is_rejected,
    ours_without_mut_migrates_what_is_writable,
    anchor_panics_when_into_inner_is_called_again,
    anchor_panics_when_the_old_view_is_used_again,
    ours_begins_again_after_giving_up,
    ours_does_not_begin_after_migrating,
    ours_does_not_end_without_migrating,
);
