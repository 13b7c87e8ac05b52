//! One account that is no config fails the whole batch, and the error says which.

use {
    crate::fleet::Fleet,
    account_migration::RETIRED,
    anchor_lang::{error::ErrorCode, solana_program::system_program},
    app::{constants::PROGRAM_DATA_ADDRESS, error::ConfigError},
    integration::{
        rejection::{expect_rejection, snapshot},
        scene::{FUNDS, account},
    },
    support::{client_v1, key::key},
    svm_harness::{
        Backend, Instruction, InstructionError, Keypair, Pubkey, Signer, TransactionError,
        on_both_backends,
    },
};

on_both_backends!(
    an_account_that_is_no_config_is_named,
    a_closed_config_is_named,
    a_retired_config_is_named,
    a_config_that_is_not_writable_is_named,
    the_payer_in_the_batch_is_named,
    a_config_that_signs_as_well_is_named,
    a_batch_of_nothing_is_rejected,
);

/// Sends a batch that must fail with this error of the account at `index`, and change nothing.
async fn expect_named(
    fleet: &mut Fleet,
    backend: Backend,
    batch: Instruction,
    signers: &[&Keypair],
    index: usize,
    code: u32,
) {
    let instructions = [batch];
    let before = snapshot(&mut fleet.svm, &instructions).await;
    let outcome = fleet.svm.send(&instructions, signers).await;
    let error = TransactionError::InstructionError(0, InstructionError::Custom(code));
    assert_eq!(outcome.result, Err(error), "{}", outcome.logs.join("\n"));
    assert_eq!(snapshot(&mut fleet.svm, &instructions).await, before);
    // Native code's logs do not reach the transaction.
    if backend == Backend::Loader {
        let start = format!(
            "Program log: AnchorError caused by account: remaining_accounts[{index}]. Error Code: "
        );
        let number = format!(" Error Number: {code}. ");
        let named = |line: &String| line.starts_with(&start) && line.contains(&number);
        assert!(
            outcome.logs.iter().any(named),
            "{}",
            outcome.logs.join("\n")
        );
    }
}

/// The rejected account stands behind three good ones, in front of one, and alone.
async fn expect_named_everywhere(
    fleet: &mut Fleet,
    backend: Backend,
    account: Pubkey,
    code: impl Into<u32>,
) {
    let code = code.into();
    let signer = fleet.upgrade_authority.insecure_clone();
    let [a, b, c, ..] = fleet.configs[..] else {
        panic!("three configs")
    };
    for (batch, index) in [
        (vec![a, b, c, account], 3),
        (vec![account, a], 0),
        (vec![account], 0),
    ] {
        let batch = fleet.migrate_many(&batch);
        expect_named(fleet, backend, batch, &[&signer], index, code).await;
    }
}

async fn an_account_that_is_no_config_is_named(backend: Backend) {
    let mut fleet = Fleet::start(backend, 3).await;
    let v1 = fleet.unmigrated(0);
    let mut unknown = v1.clone();
    unknown[7] ^= 1;
    let of_another = u32::from(ErrorCode::AccountOwnedByWrongProgram);
    let [uninitialized, truncated] =
        [ConfigError::Uninitialized, ConfigError::Truncated].map(u32::from);
    for (owner, data, code) in [
        (key("stranger program").pubkey(), v1.clone(), of_another),
        (system_program::ID, v1.clone(), of_another),
        (system_program::ID, vec![], of_another),
        (app::ID, unknown, ConfigError::UnknownVersion.into()),
        (app::ID, vec![0; 48], uninitialized),
        (app::ID, vec![], uninitialized),
        (app::ID, v1[..7].to_vec(), truncated),
        (app::ID, v1[..8].to_vec(), truncated),
        (app::ID, v1[..47].to_vec(), truncated),
    ] {
        let planted = key("planted").pubkey();
        let lamports = fleet.svm.rent_exempt_minimum(48);
        let planted_account = account(owner, data, lamports);
        fleet.svm.set_account(planted, planted_account).await;
        expect_named_everywhere(&mut fleet, backend, planted, code).await;
    }
    for of_the_instruction in [system_program::ID, PROGRAM_DATA_ADDRESS, app::ID] {
        expect_named_everywhere(&mut fleet, backend, of_the_instruction, of_another).await;
    }
}

async fn a_closed_config_is_named(backend: Backend) {
    let mut fleet = Fleet::start(backend, 4).await;
    let owner = fleet.authorities[3].insecure_clone();
    let close = client_v1::close(&owner.pubkey());
    fleet.svm.send(&[close], &[&owner]).await.expect_ok();

    let config = fleet.configs[3];
    let code = ErrorCode::AccountNotInitialized;
    expect_named_everywhere(&mut fleet, backend, config, code).await;
}

async fn a_retired_config_is_named(backend: Backend) {
    let mut fleet = Fleet::start(backend, 4).await;
    let config = fleet.configs[3];
    let lamports = fleet.svm.rent_exempt_minimum(RETIRED.len());
    let retired = account(app::ID, RETIRED.to_vec(), lamports);
    fleet.svm.set_account(config, retired).await;

    let code = ConfigError::Retired;
    expect_named_everywhere(&mut fleet, backend, config, code).await;
}

async fn a_config_that_is_not_writable_is_named(backend: Backend) {
    let mut fleet = Fleet::start(backend, 3).await;
    let mut batch = fleet.migrate_many(&fleet.configs);
    batch.accounts[4 + 2].is_writable = false;
    let signer = fleet.upgrade_authority.insecure_clone();
    let code = ConfigError::NotWritable.into();
    expect_named(&mut fleet, backend, batch, &[&signer], 2, code).await;
}

/// A payer that the program owns, in either layout. It is rejected whether or not rent is missing.
async fn the_payer_in_the_batch_is_named(backend: Backend) {
    let mut fleet = Fleet::start(backend, 1).await;
    let payer = key("planted");
    let signer = fleet.upgrade_authority.insecure_clone();
    for data in [fleet.unmigrated(0), fleet.migrated(0)] {
        for lamports in [fleet.svm.rent_exempt_minimum(48), 1_000_000_000] {
            let config = account(app::ID, data.clone(), lamports);
            fleet.svm.set_account(payer.pubkey(), config).await;
            let mut batch = fleet.migrate_many(&[fleet.configs[0], payer.pubkey()]);
            batch.accounts[1].pubkey = payer.pubkey();
            let signers = [&signer, &payer];
            let code = ConfigError::PayerIsConfig.into();
            expect_named(&mut fleet, backend, batch, &signers, 1, code).await;
        }
    }
}

/// The upgrade authority's account is a config, in either layout: it stands in the list and outside of it.
async fn a_config_that_signs_as_well_is_named(backend: Backend) {
    let mut fleet = Fleet::start(backend, 1).await;
    let (signer, payer) = (fleet.upgrade_authority.insecure_clone(), key("payer"));
    fleet.svm.fund(payer.pubkey(), FUNDS).await;
    for data in [fleet.unmigrated(0), fleet.migrated(0)] {
        let lamports = fleet.svm.rent_exempt_minimum(data.len());
        let config = account(app::ID, data, lamports);
        fleet.svm.set_account(signer.pubkey(), config).await;
        let mut batch = fleet.migrate_many(&[fleet.configs[0], signer.pubkey()]);
        batch.accounts[1].pubkey = payer.pubkey();
        let signers = [&signer, &payer];
        let code = ConfigError::DuplicateConfig.into();
        expect_named(&mut fleet, backend, batch, &signers, 1, code).await;
    }
}

async fn a_batch_of_nothing_is_rejected(backend: Backend) {
    let mut fleet = Fleet::start(backend, 0).await;
    let signer = fleet.upgrade_authority.insecure_clone();
    let batch = fleet.migrate_many(&[]);
    let code = ConfigError::NoConfigs;
    expect_rejection(&mut fleet.svm, batch, &[&signer], code).await;
}
