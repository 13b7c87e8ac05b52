//! Calls of a program into itself while it migrates an account.

use {
    anchor_lang::{InstructionData, solana_program::system_program},
    integration::{
        lab::{FUNDS, Lab, config_v1, config_v2, instruction},
        rejection::expect_failure,
    },
    svm_harness::{
        Backend, Instruction, InstructionError, Signer, TransactionError, on_both_backends,
    },
};

on_both_backends!(
    what_a_call_before_the_beginning_wrote_is_migrated,
    a_call_after_the_beginning_fails,
);

fn call(lab: &Lab, data: impl InstructionData) -> Instruction {
    let accounts = migration_lab::accounts::OursCall {
        config: lab.account,
        payer: lab.payer.pubkey(),
        system_program: system_program::ID,
        this_program: migration_lab::ID,
    };
    instruction(accounts, data)
}

/// The instruction loaded the config with the value 5.
async fn what_a_call_before_the_beginning_wrote_is_migrated(backend: Backend) {
    let mut lab = Lab::start(backend, config_v1(5)).await;
    let data = migration_lab::instruction::OursCallBeforeBegin { value: 7 };
    let migrate = call(&lab, data);
    lab.send(&[migrate]).await.expect_ok();
    assert_eq!(lab.data().await, config_v2(7));
    assert_eq!(lab.lamports(lab.account).await, 1_559_040);
    assert_eq!(lab.lamports(lab.payer.pubkey()).await, FUNDS - 334_080);
}

/// What it would write, the migration would overwrite with what it read before.
async fn a_call_after_the_beginning_fails(backend: Backend) {
    let mut lab = Lab::start(backend, config_v1(5)).await;
    let payer = lab.payer.insecure_clone();
    let data = migration_lab::instruction::OursCallWhileBegun { value: 7 };
    let migrate = [call(&lab, data)];
    let error = TransactionError::InstructionError(0, InstructionError::AccountBorrowFailed);
    expect_failure(&mut lab.svm, &migrate, &[&payer], error).await;
}
