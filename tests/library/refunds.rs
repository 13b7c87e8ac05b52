//! Calls into other programs after a migration that moved lamports out of its account. The runtime
//! compares sums of lamports at each call, of the accounts that the call names.

use {
    anchor_lang::solana_program::system_program,
    integration::lab::{FUNDS, Lab, config_v1, config_v2, instruction},
    support::key::key,
    svm_harness::{Backend, Instruction, Pubkey, Signer, on_both_backends},
};

on_both_backends!(
    whoever_got_the_freed_rent_pays_for_another_config,
    whoever_got_the_freed_rent_is_paid_again,
);

/// Rent-exempt minimums at 6,960 lamports per byte, and what lies between them.
const MINIMUM_48: u64 = 1_224_960;
const MINIMUM_96: u64 = 1_559_040;
const FREED: u64 = 334_080;
const TIP: u64 = 7;

/// The config of the lab shrinks, and another one grows.
async fn shrink_and_grow(backend: Backend) -> (Lab, Pubkey) {
    let mut lab = Lab::start(backend, config_v1(6)).await;
    let growing = key("growing config").pubkey();
    let config = lab.svm.account(lab.account).await.expect("it exists");
    lab.svm.set_account(growing, config).await;
    lab.set(config_v2(5), 0).await;
    (lab, growing)
}

fn instruction_of(lab: &Lab, growing: Pubkey, receiver: Pubkey) -> Instruction {
    let accounts = migration_lab::accounts::OursShrinkAndGrow {
        shrinking: lab.account,
        growing,
        payer: lab.payer.pubkey(),
        receiver,
        system_program: system_program::ID,
    };
    instruction(
        accounts,
        migration_lab::instruction::OursShrinkAndGrow { tip: TIP },
    )
}

async fn expect_migrated(lab: &mut Lab, growing: Pubkey) {
    assert_eq!(lab.data().await, config_v1(5));
    assert_eq!(lab.lamports(lab.account).await, MINIMUM_48);
    let grown = lab.svm.account(growing).await.expect("it stays");
    assert_eq!(grown.data, config_v2(6));
    assert_eq!(grown.lamports, MINIMUM_96);
}

/// It pays as much as it got, and its tip goes to itself.
async fn whoever_got_the_freed_rent_pays_for_another_config(backend: Backend) {
    let (mut lab, growing) = shrink_and_grow(backend).await;
    let payer = lab.payer.pubkey();
    let shrink_and_grow = instruction_of(&lab, growing, payer);
    lab.send(&[shrink_and_grow]).await.expect_ok();
    expect_migrated(&mut lab, growing).await;
    assert_eq!(lab.lamports(payer).await, FUNDS);
}

async fn whoever_got_the_freed_rent_is_paid_again(backend: Backend) {
    let (mut lab, growing) = shrink_and_grow(backend).await;
    let receiver = key("receiver").pubkey();
    lab.svm.fund(receiver, FUNDS).await;
    let shrink_and_grow = instruction_of(&lab, growing, receiver);
    lab.send(&[shrink_and_grow]).await.expect_ok();
    expect_migrated(&mut lab, growing).await;
    assert_eq!(lab.lamports(receiver).await, FUNDS + FREED + TIP);
    assert_eq!(lab.lamports(lab.payer.pubkey()).await, FUNDS - FREED - TIP);
}
