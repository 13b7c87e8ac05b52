//! Mints with a transfer hook: Token-2022 calls a program in the middle of every transfer.

use {
    crate::{
        mint::{Extensions, mint, mint_authority},
        scene::{FEE, FeeScene, SUPPLY},
    },
    ::transfer_hook::EXECUTE,
    anchor_lang::prelude::AccountMeta,
    anchor_spl::token_2022::{
        self,
        spl_token_2022::{extension::ExtensionType, extension::transfer_hook, instruction},
    },
    integration::scene::account,
    support::{key::key, workspace::in_workspace},
    svm_harness::{
        Backend, InstructionError, Program, Pubkey, Signer, native_program, on_both_backends,
    },
};

on_both_backends!(
    a_hook_that_names_no_program_changes_nothing,
    a_hook_needs_its_program_which_update_v2_does_not_pass,
    a_hook_that_wants_more_accounts_does_not_get_them_either,
);

fn hook_program() -> Program {
    Program {
        id: ::transfer_hook::ID,
        name: "transfer hook".to_owned(),
        native: Some(native_program!(::transfer_hook::entry)),
        elf: in_workspace("tests/fixtures/transfer_hook.so"),
    }
}

async fn hooked(backend: Backend, program: Option<Pubkey>) -> FeeScene {
    let authority = Some(mint_authority().pubkey());
    let initialize =
        transfer_hook::instruction::initialize(&token_2022::ID, &mint(), authority, program);
    let extensions = Extensions::of_mint(
        ExtensionType::TransferHook,
        initialize.expect("the arguments are valid"),
    );
    let mut fee = FeeScene::start(backend, &extensions).await;
    fee.scene.svm.deploy(&hook_program()).await;
    fee
}

async fn a_hook_that_names_no_program_changes_nothing(backend: Backend) {
    let mut fee = hooked(backend, None).await;
    fee.expect_charged(SUPPLY - FEE, FEE).await;
}

async fn a_hook_needs_its_program_which_update_v2_does_not_pass(backend: Backend) {
    let wanted = [readonly(::transfer_hook::ID)];
    let mut by_hand = hooked(backend, Some(::transfer_hook::ID)).await;
    expect_permitted(&mut by_hand, &wanted).await;

    let mut fee = hooked(backend, Some(::transfer_hook::ID)).await;
    expect_not_charged(&mut fee, backend, &wanted).await;
}

async fn a_hook_that_wants_more_accounts_does_not_get_them_either(backend: Backend) {
    let extra = key("extra").pubkey();
    let mut by_hand = hooked(backend, Some(::transfer_hook::ID)).await;
    let list = plant_extra_accounts(&mut by_hand, &extra).await;
    let wanted = [extra, ::transfer_hook::ID, list].map(readonly);
    expect_permitted(&mut by_hand, &wanted).await;

    let mut fee = hooked(backend, Some(::transfer_hook::ID)).await;
    plant_extra_accounts(&mut fee, &extra).await;
    expect_not_charged(&mut fee, backend, &wanted).await;
}

fn readonly(address: Pubkey) -> AccountMeta {
    AccountMeta::new_readonly(address, false)
}

/// Asserts that the operator's own transfer with these accounts is accepted.
async fn expect_permitted(fee: &mut FeeScene, hook_accounts: &[AccountMeta]) {
    let accounts = fee.token.accounts;
    let transfer = instruction::transfer_checked(
        &token_2022::ID,
        &accounts.source,
        &accounts.mint,
        &accounts.vault,
        &fee.operator.pubkey(),
        &[],
        FEE,
        6,
    );
    let mut transfer = transfer.expect("the arguments are valid");
    transfer.accounts.extend_from_slice(hook_accounts);
    let outcome = fee.scene.svm.send(&[transfer], &[&fee.operator]).await;
    outcome.expect_ok();
    assert_eq!(fee.token.vault_amount(&mut fee.scene.svm).await, FEE);
}

/// Asserts that `update_v2` is rejected, whether or not these accounts stand behind its own.
#[expect(deprecated, reason = "native code still answers it")]
async fn expect_not_charged(fee: &mut FeeScene, backend: Backend, hook_accounts: &[AccountMeta]) {
    let missing = match backend {
        Backend::Loader => InstructionError::MissingAccount,
        // A program's error has no other name for it.
        Backend::Native => InstructionError::NotEnoughAccountKeys,
    };
    let mut update = fee.update();
    update.accounts.extend_from_slice(hook_accounts);
    fee.expect_all_rejected(&[update], missing.clone()).await;
    fee.expect_rejected(missing).await;
}

/// Plants the account that says what the hook wants: one account, read-only.
async fn plant_extra_accounts(fee: &mut FeeScene, extra: &Pubkey) -> Pubkey {
    let mint = mint();
    let seeds: [&[u8]; 2] = [b"extra-account-metas", mint.as_ref()];
    let address = Pubkey::find_program_address(&seeds, &::transfer_hook::ID).0;
    let mut data = EXECUTE.to_vec();
    data.extend(39_u32.to_le_bytes()); // bytes that follow
    data.extend(1_u32.to_le_bytes()); // accounts
    data.push(0); // by its address
    data.extend(extra.as_ref());
    data.extend([0, 0]); // neither signer nor writable
    let lamports = fee.scene.svm.rent_exempt_minimum(data.len());
    let list = account(::transfer_hook::ID, data, lamports);
    fee.scene.svm.set_account(address, list).await;
    address
}
