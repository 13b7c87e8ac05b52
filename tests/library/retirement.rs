//! `retire` of an account that the instruction passes in another form than once and writable.

use {
    crate::rejected::Rejected,
    anchor_lang::prelude::AccountMeta,
    integration::lab::{FUNDS, Lab, config_v2, instruction},
    migration_lab::error::LabError,
    svm_harness::{Backend, Instruction, Pubkey, Signer, on_both_backends},
};

on_both_backends!(
    every_lamport_above_the_minimum_is_released,
    an_account_that_cannot_be_retired_is_named,
    an_account_that_is_its_own_recipient_is_rejected,
    an_account_that_is_passed_twice_is_rejected,
);

/// 8 bytes are left of a retired account: 136 with the overhead.
const MINIMUM_8: u64 = 136 * 6_960;

fn retire(lab: &Lab, recipient: Pubkey) -> Instruction {
    let accounts = migration_lab::accounts::OursRetire {
        account: lab.account,
        recipient,
    };
    instruction(accounts, migration_lab::instruction::OursRetire {})
}

/// The lab with a config of so many lamports.
async fn start(backend: Backend, lamports: u64) -> Lab {
    let mut lab = Lab::start(backend, config_v2(5)).await;
    let mut config = lab.svm.account(lab.account).await.expect("it exists");
    config.lamports = lamports;
    lab.svm.set_account(lab.account, config).await;
    lab
}

async fn every_lamport_above_the_minimum_is_released(backend: Backend) {
    for released in [0, 1, FUNDS] {
        let mut lab = start(backend, MINIMUM_8 + released).await;
        let retire = retire(&lab, lab.payer.pubkey());
        lab.send(&[retire]).await.expect_ok();
        assert_eq!(lab.data().await, [0xFF; 8]);
        assert_eq!(lab.lamports(lab.account).await, MINIMUM_8);
        assert_eq!(lab.lamports(lab.payer.pubkey()).await, FUNDS + released);
    }
}

async fn an_account_that_cannot_be_retired_is_named(backend: Backend) {
    let mut lab = start(backend, MINIMUM_8 - 1).await;
    let retire = retire(&lab, lab.payer.pubkey());
    Rejected::of(lab.account, LabError::BelowRentExemption)
        .with_amounts(MINIMUM_8 - 1, MINIMUM_8)
        .expect(&mut lab, backend, retire)
        .await;
}

async fn an_account_that_is_its_own_recipient_is_rejected(backend: Backend) {
    let mut lab = start(backend, FUNDS).await;
    let retire = retire(&lab, lab.account);
    Rejected::of(lab.account, LabError::Aliased)
        .expect(&mut lab, backend, retire)
        .await;
}

/// A field behind could write it back.
async fn an_account_that_is_passed_twice_is_rejected(backend: Backend) {
    let mut lab = start(backend, FUNDS).await;
    let mut retire = retire(&lab, lab.payer.pubkey());
    let again = AccountMeta::new_readonly(lab.account, false);
    retire.accounts.push(again);
    Rejected::of(lab.account, LabError::Duplicate)
        .expect(&mut lab, backend, retire)
        .await;
}
