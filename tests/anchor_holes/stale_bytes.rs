//! A new layout that is shorter than the old one, in an account that keeps its length.

use {
    anchor_lang::{Discriminator, solana_program::system_program},
    integration::lab::{AUTHORITY, Lab, instruction},
    migration_lab::state::{CardV1, CardV2},
    svm_harness::{Backend, Signer, on_both_backends},
};

const SECRET: [u8; 32] = [0x5E; 32];

pub fn card_v1() -> Vec<u8> {
    [CardV1::DISCRIMINATOR, AUTHORITY.as_ref(), &SECRET].concat()
}

/// A card in the second layout with these bytes behind it.
pub fn card_v2(rest: [u8; 32]) -> Vec<u8> {
    [CardV2::DISCRIMINATOR, AUTHORITY.as_ref(), &rest].concat()
}

async fn anchor_leaves_the_old_bytes(backend: Backend) {
    let mut lab = Lab::start(backend, card_v1()).await;
    let migrate = instruction(
        migration_lab::accounts::AnchorSmaller { card: lab.account },
        migration_lab::instruction::AnchorSmaller {},
    );
    lab.send(&[migrate]).await.expect_ok();
    assert_eq!(lab.data().await, card_v2(SECRET));
}

async fn ours_zeroes_them(backend: Backend) {
    let mut lab = Lab::start(backend, card_v1()).await;
    let lamports = lab.lamports(lab.account).await;
    let accounts = migration_lab::accounts::OursSmaller {
        card: lab.account,
        payer: lab.payer.pubkey(),
        system_program: system_program::ID,
    };
    let migrate = instruction(accounts, migration_lab::instruction::OursSmaller {});
    lab.send(&[migrate]).await.expect_ok();
    assert_eq!(lab.data().await, card_v2([0; 32]));
    assert_eq!(lab.lamports(lab.account).await, lamports);
}

on_both_backends!(anchor_leaves_the_old_bytes, ours_zeroes_them);
