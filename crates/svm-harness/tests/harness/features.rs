//! The switch `SVM_FEATURES`, by what a cluster does with a feature and without it.

use {
    crate::common::{FUNDS, app, keypair},
    agave_feature_set::{
        account_data_direct_mapping, commission_rate_in_basis_points,
        disable_sbpf_v0_v1_v2_deployment,
    },
    anchor_lang::{
        InstructionData, ToAccountMetas, prelude::AccountMeta, solana_program::system_instruction,
        system_program,
    },
    std::{env, path::Path, process::Command, slice::from_ref},
    svm_harness::{
        Account, Backend, Features, Instruction, InstructionError, Program, SWITCH, Signer, Svm,
        TransactionError, block_on,
    },
};

svm_harness::on_both_backends!(
    an_active_feature_has_its_account,
    an_account_below_its_rent_receives_lamports,
);

/// Runs the tests of this file with each value, the switch being read once per cluster.
#[test]
fn the_switch_has_two_positions() {
    let run = |value: Option<&str>| {
        let mut tests = Command::new(env::current_exe().expect("this binary"));
        match value {
            Some(value) => tests.env(SWITCH, value),
            None => tests.env_remove(SWITCH),
        };
        tests.args(["features::", "--skip", "the_switch"]);
        let output = tests.output().expect("this binary runs");
        let text = String::from_utf8(output.stdout).expect("its output is text");
        (output.status.success(), text)
    };
    for value in [None, Some("pending")] {
        let (success, text) = run(value);
        assert!(success, "{value:?}\n{text}");
    }
    for unknown in ["mainnet", "Pending", ""] {
        let (success, text) = run(Some(unknown));
        assert!(!success);
        let message = format!("SVM_FEATURES is {unknown:?}: set it to pending, or not at all");
        assert!(text.contains(&message), "{text}");
    }
}

fn pending() -> bool {
    Features::chosen() == Features::Pending
}

async fn an_active_feature_has_its_account(backend: Backend) {
    let mut svm = Svm::start(backend, &app()).await;
    for (feature, active) in [
        (commission_rate_in_basis_points::ID, true),
        (account_data_direct_mapping::ID, pending()),
        (disable_sbpf_v0_v1_v2_deployment::ID, false),
    ] {
        let account = svm.account(feature).await;
        assert_eq!(account.is_some(), active, "{feature}");
    }
}

/// Virtual address space adjustments check each write; without them, only what an instruction leaves is
/// compared.
#[test]
fn a_program_changes_a_readonly_account_for_a_moment() {
    block_on(async {
        let mut svm = Svm::start(Backend::Loader, &migration_lab()).await;
        let address = keypair(3).pubkey();
        let account = Account {
            lamports: svm.rent_exempt_minimum(8),
            data: vec![1; 8],
            owner: migration_lab::ID,
            ..Account::default()
        };
        svm.set_account(address, account).await;

        let change_and_restore = Instruction {
            program_id: migration_lab::ID,
            accounts: migration_lab::accounts::ChangeAndRestore { account: address }
                .to_account_metas(None),
            data: migration_lab::instruction::ChangeAndRestore {}.data(),
        };
        let outcome = svm.send(from_ref(&change_and_restore), &[]).await;
        let expected = match pending() {
            false => Ok(()),
            true => Err(TransactionError::InstructionError(
                0,
                InstructionError::ReadonlyDataModified,
            )),
        };
        assert_eq!(outcome.result, expected);

        let mut writable = change_and_restore;
        writable.accounts = vec![AccountMeta::new(address, false)];
        svm.send(&[writable], &[]).await.expect_ok();
        let after = svm.account(address).await.expect("it stays");
        assert_eq!(after.data, [1; 8]);
    });
}

fn migration_lab() -> Program {
    Program {
        id: migration_lab::ID,
        name: "migration-lab".to_owned(),
        native: None,
        elf: Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/migration_lab.so"),
    }
}

/// The check of SIMD-0392 is the bank's: LiteSVM has the older one of its own.
async fn an_account_below_its_rent_receives_lamports(backend: Backend) {
    let mut svm = Svm::start(backend, &app()).await;
    let [payer, poor] = [keypair(1), keypair(3)];
    svm.fund(payer.pubkey(), FUNDS).await;
    let account = Account::new(1, 0, &system_program::ID);
    svm.set_account(poor.pubkey(), account).await;

    let transfer = system_instruction::transfer(&payer.pubkey(), &poor.pubkey(), 1);
    let outcome = svm.send(&[transfer], &[&payer]).await;
    let expected = match (pending(), backend) {
        (true, Backend::Native) => Ok(()),
        _ => Err(TransactionError::InsufficientFundsForRent { account_index: 2 }),
    };
    assert_eq!(outcome.result, expected);
}
