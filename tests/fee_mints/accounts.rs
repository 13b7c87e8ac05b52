//! Extensions of the accounts that pay and receive.

use {
    crate::{
        mint::{Extensions, mint},
        scene::{FEE, FeeScene, SUPPLY},
    },
    anchor_lang::pubkey,
    anchor_spl::token_2022::{
        self,
        spl_token_2022::{
            error::TokenError,
            extension::{ExtensionType, cpi_guard, memo_transfer},
            instruction,
        },
    },
    support::{client_v2, key::key},
    svm_harness::{Backend, Instruction, InstructionError, Pubkey, Signer, on_both_backends},
};

on_both_backends!(
    behind_the_cpi_guard_an_owner_does_not_pay,
    behind_the_cpi_guard_a_delegate_pays,
    a_vault_that_requires_memos_receives_nothing,
);

/// The memo program, version 3.
const MEMO: Pubkey = pubkey!("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr");

/// The operator's source does not let programs transfer for its owner.
async fn guarded(backend: Backend) -> FeeScene {
    let extensions = Extensions {
        of_source: vec![ExtensionType::CpiGuard],
        ..Extensions::default()
    };
    let mut fee = FeeScene::start(backend, &extensions).await;
    let (source, operator) = (fee.token.accounts.source, fee.operator.pubkey());
    let enable = cpi_guard::instruction::enable_cpi_guard(&token_2022::ID, &source, &operator, &[]);
    let enable = enable.expect("the arguments are valid");
    let outcome = fee.scene.svm.send(&[enable], &[&fee.operator]).await;
    outcome.expect_ok();
    fee
}

async fn behind_the_cpi_guard_an_owner_does_not_pay(backend: Backend) {
    let mut fee = guarded(backend).await;
    let blocked = TokenError::CpiGuardTransferBlocked as u32;
    fee.expect_rejected(InstructionError::Custom(blocked)).await;
}

/// The owner approves another operator for exactly the fee.
async fn behind_the_cpi_guard_a_delegate_pays(backend: Backend) {
    let mut fee = guarded(backend).await;
    let (owner, delegate) = (fee.operator.insecure_clone(), key("delegate"));
    let source = fee.token.accounts.source;
    let approve = instruction::approve_checked(
        &token_2022::ID,
        &source,
        &mint(),
        &delegate.pubkey(),
        &owner.pubkey(),
        &[],
        FEE,
        6,
    );
    let approve = approve.expect("the arguments are valid");
    let authority = fee.scene.authority.insecure_clone();
    let admit = client_v2::set_operators(&authority.pubkey(), vec![delegate.pubkey()]);
    let signers = [&owner, &authority];
    let outcome = fee.scene.svm.send(&[approve, admit], &signers).await;
    outcome.expect_ok();

    let update = fee.update_by(&delegate.pubkey());
    fee.expect_charged_by(&[update], &delegate, SUPPLY - FEE, FEE)
        .await;
}

/// The token program looks for the memo among the calls of `update_v2`, where none is.
async fn a_vault_that_requires_memos_receives_nothing(backend: Backend) {
    let extensions = Extensions {
        of_vault: vec![ExtensionType::MemoTransfer],
        ..Extensions::default()
    };
    let mut fee = FeeScene::start(backend, &extensions).await;
    let authority = fee.scene.authority.insecure_clone();
    let (vault, address) = (fee.token.accounts.vault, authority.pubkey());
    let require = memo_transfer::instruction::enable_required_transfer_memos(
        &token_2022::ID,
        &vault,
        &address,
        &[],
    );
    let require = require.expect("the arguments are valid");
    let outcome = fee.scene.svm.send(&[require], &[&authority]).await;
    outcome.expect_ok();

    let no_memo = InstructionError::Custom(TokenError::NoMemo as u32);
    let memo = Instruction {
        program_id: MEMO,
        accounts: vec![],
        data: b"the fee".to_vec(),
    };
    let update = fee.update();
    fee.expect_all_rejected(&[memo, update], no_memo.clone())
        .await;
    fee.expect_rejected(no_memo).await;
}
