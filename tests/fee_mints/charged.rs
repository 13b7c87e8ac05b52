//! Extensions of the mint, and what its freeze authority may do.

use {
    crate::{
        mint::{Extensions, mint, mint_authority, thaw},
        scene::{FEE, FeeScene, SUPPLY},
    },
    anchor_spl::token_2022::{
        self,
        spl_token_2022::{
            error::TokenError,
            extension::{ExtensionType, default_account_state, pausable, transfer_fee},
            instruction,
            state::AccountState,
        },
    },
    support::client_v2,
    svm_harness::{Backend, InstructionError, Signer, on_both_backends},
};

on_both_backends!(
    of_a_mint_with_a_transfer_fee_the_vault_receives_the_rest,
    a_permanent_delegate_changes_nothing,
    a_permanent_delegate_that_is_an_operator_pays_from_any_account,
    a_pausable_mint_is_charged_until_it_is_paused,
    a_token_that_cannot_be_transferred_is_not_charged,
    a_frozen_vault_receives_nothing_until_it_is_thawed,
    a_frozen_source_does_not_pay,
);

async fn of_a_mint_with_a_transfer_fee_the_vault_receives_the_rest(backend: Backend) {
    // One percent.
    let initialize = transfer_fee::instruction::initialize_transfer_fee_config(
        &token_2022::ID,
        &mint(),
        None,
        None,
        100,
        u64::MAX,
    );
    let extensions = Extensions::of_mint(
        ExtensionType::TransferFeeConfig,
        initialize.expect("the arguments are valid"),
    );
    let mut fee = FeeScene::start(backend, &extensions).await;
    fee.expect_charged(SUPPLY - FEE, FEE - FEE / 100).await;
}

fn with_permanent_delegate() -> Extensions {
    let delegate = mint_authority().pubkey();
    let initialize =
        instruction::initialize_permanent_delegate(&token_2022::ID, &mint(), &delegate);
    Extensions::of_mint(
        ExtensionType::PermanentDelegate,
        initialize.expect("the arguments are valid"),
    )
}

async fn a_permanent_delegate_changes_nothing(backend: Backend) {
    let mut fee = FeeScene::start(backend, &with_permanent_delegate()).await;
    fee.expect_charged(SUPPLY - FEE, FEE).await;
}

/// It could have transferred the same tokens without the program.
async fn a_permanent_delegate_that_is_an_operator_pays_from_any_account(backend: Backend) {
    let mut fee = FeeScene::start(backend, &with_permanent_delegate()).await;
    let delegate = mint_authority();
    let authority = fee.scene.authority.insecure_clone();
    let admit = client_v2::set_operators(&authority.pubkey(), vec![delegate.pubkey()]);
    let outcome = fee.scene.svm.send(&[admit], &[&authority]).await;
    outcome.expect_ok();

    let update = fee.update_by(&delegate.pubkey());
    fee.expect_charged_by(&[update], &delegate, SUPPLY - FEE, FEE)
        .await;
}

async fn a_pausable_mint_is_charged_until_it_is_paused(backend: Backend) {
    let authority = mint_authority();
    let address = authority.pubkey();
    let initialize = pausable::instruction::initialize(&token_2022::ID, &mint(), &address);
    let extensions = Extensions::of_mint(
        ExtensionType::Pausable,
        initialize.expect("the arguments are valid"),
    );
    let mut fee = FeeScene::start(backend, &extensions).await;
    fee.expect_charged(SUPPLY - FEE, FEE).await;

    let mut paused = FeeScene::start(backend, &extensions).await;
    let pause = pausable::instruction::pause(&token_2022::ID, &mint(), &address, &[]);
    let pause = pause.expect("the arguments are valid");
    let outcome = paused.scene.svm.send(&[pause], &[&authority]).await;
    outcome.expect_ok();
    paused
        .expect_rejected(token_error(TokenError::MintPaused))
        .await;
}

async fn a_token_that_cannot_be_transferred_is_not_charged(backend: Backend) {
    let initialize = instruction::initialize_non_transferable_mint(&token_2022::ID, &mint());
    let extensions = Extensions::of_mint(
        ExtensionType::NonTransferable,
        initialize.expect("the arguments are valid"),
    );
    let mut fee = FeeScene::start(backend, &extensions).await;
    fee.expect_rejected(token_error(TokenError::NonTransferable))
        .await;
}

async fn a_frozen_vault_receives_nothing_until_it_is_thawed(backend: Backend) {
    let initialize = default_account_state::instruction::initialize_default_account_state(
        &token_2022::ID,
        &mint(),
        &AccountState::Frozen,
    );
    let extensions = Extensions::of_mint(
        ExtensionType::DefaultAccountState,
        initialize.expect("the arguments are valid"),
    );
    let mut frozen = FeeScene::start(backend, &extensions).await;
    frozen
        .expect_rejected(token_error(TokenError::AccountFrozen))
        .await;

    let mut thawed = FeeScene::start(backend, &extensions).await;
    thaw(&mut thawed.scene.svm, thawed.token.accounts.vault).await;
    thawed.expect_charged(SUPPLY - FEE, FEE).await;
}

async fn a_frozen_source_does_not_pay(backend: Backend) {
    let mut fee = FeeScene::start(backend, &Extensions::default()).await;
    let authority = mint_authority();
    let (source, address) = (fee.token.accounts.source, authority.pubkey());
    let freeze = instruction::freeze_account(&token_2022::ID, &source, &mint(), &address, &[]);
    let freeze = freeze.expect("the arguments are valid");
    let outcome = fee.scene.svm.send(&[freeze], &[&authority]).await;
    outcome.expect_ok();
    fee.expect_rejected(token_error(TokenError::AccountFrozen))
        .await;
}

fn token_error(error: TokenError) -> InstructionError {
    InstructionError::Custom(error as u32)
}
