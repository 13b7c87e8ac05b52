//! The migration authority's signature, which nobody but the migration program has.

use {
    crate::{
        rejection::{expect_failure, expect_rejection},
        relay::relayed,
        scene::{Scene, account},
    },
    anchor_lang::{error::ErrorCode, prelude::AccountMeta},
    app::constants::MIGRATION_AUTHORITY,
    relay::RELAY_AUTHORITY,
    support::key::key,
    svm_harness::{
        DEFAULT_LAMPORTS_PER_BYTE, Instruction, Keypair, Pubkey, Signer, TransactionError,
        rent_exempt_minimum,
    },
};

/// The instruction with this in place of the migration authority.
fn signed_by(mut instruction: Instruction, signer: AccountMeta) -> Instruction {
    let authority = instruction
        .accounts
        .iter_mut()
        .find(|meta| meta.pubkey == MIGRATION_AUTHORITY);
    *authority.expect("it names the migration authority") = signer;
    instruction
}

/// Asserts that the instruction is rejected whatever signs in the migrator's place, directly or through
/// a program that signs with an address of its own, derived from the same seed; with the error `wrong`
/// when anything signs. The relay must be deployed.
///
/// # Panics
/// When one is not.
pub async fn expect_rejected_of_others(scene: &mut Scene, instruction: Instruction, wrong: u32) {
    let authority = scene.authority.insecure_clone();
    expect_failure(
        &mut scene.svm,
        std::slice::from_ref(&instruction),
        &[&authority],
        TransactionError::SignatureFailure,
    )
    .await;

    let nobody = AccountMeta::new_readonly(MIGRATION_AUTHORITY, false);
    let unsigned = signed_by(instruction.clone(), nobody);
    for unsigned in [relayed(unsigned.clone()), unsigned] {
        expect_rejection(
            &mut scene.svm,
            unsigned,
            &[&authority],
            ErrorCode::AccountNotSigner,
        )
        .await;
    }

    let own_key = AccountMeta::new_readonly(authority.pubkey(), true);
    let fake_migrator = AccountMeta::new_readonly(RELAY_AUTHORITY, true);
    for signed in [
        signed_by(instruction.clone(), own_key),
        relayed(signed_by(instruction, fake_migrator)),
    ] {
        expect_rejection(&mut scene.svm, signed, &[&authority], wrong).await;
    }
}

/// Asserts that the instruction is rejected when `stranger` signs in the migrator's place and the
/// config's authority does not sign.
///
/// # Panics
/// When it is not.
pub async fn expect_rejected_without_authority(
    scene: &mut Scene,
    instruction: Instruction,
    stranger: &Keypair,
) {
    let authority = scene.authority.pubkey();
    let own_key = AccountMeta::new_readonly(stranger.pubkey(), true);
    let mut unsigned = signed_by(instruction, own_key);
    for meta in &mut unsigned.accounts {
        meta.is_signer &= meta.pubkey != authority;
    }
    expect_rejection(
        &mut scene.svm,
        unsigned,
        &[stranger],
        ErrorCode::AccountNotSigner,
    )
    .await;
}

/// Plants an account of any owner and data, rent-exempt.
pub async fn plant(scene: &mut Scene, owner: Pubkey, data: &[u8]) -> Pubkey {
    let address = key("planted").pubkey();
    let lamports = rent_exempt_minimum(data.len(), DEFAULT_LAMPORTS_PER_BYTE);
    let planted = account(owner, data.to_vec(), lamports);
    scene.svm.set_account(address, planted).await;
    address
}
