//! What an error says besides its number: of which account, and the amounts.

use {
    crate::{batch::migrate_configs, chain, rejected::Rejected},
    anchor_lang::solana_program::system_program,
    integration::lab::{FUNDS, Lab, config_v1, ours_migrate},
    migration_lab::error::LabError,
    support::key::key,
    svm_harness::{Account, Backend, Instruction, Pubkey, Signer, on_both_backends},
};

on_both_backends!(
    a_payer_that_cannot_transfer_is_named,
    a_payer_that_cannot_transfer_need_not_when_nothing_is_missing,
    a_payer_with_too_little_is_named,
    a_batch_above_its_limit_says_both,
    an_account_that_must_grow_first_is_named,
);

/// What migrating a config lacks, and growing an archive by a step.
const MISSING_CONFIG: u64 = 48 * 6_960;
const MISSING_ARCHIVE: u64 = 10_240 * 6_960;

/// Accounts and instructions that take lamports from the lab's payer: its config migrates, alone and in
/// a batch; its archive grows.
async fn paid_for(backend: Backend) -> [(Lab, Instruction, u64); 3] {
    let lab = Lab::start(backend, config_v1(5)).await;
    let migrate = ours_migrate(&lab);
    let batch_lab = Lab::start(backend, config_v1(5)).await;
    let batch = migrate_configs(&batch_lab, None, u64::MAX, &[batch_lab.account]);
    let archive_lab = Lab::start(backend, chain::archive_v1(48)).await;
    let grow = chain::grow(&archive_lab);
    [
        (lab, migrate, MISSING_CONFIG),
        (batch_lab, batch, MISSING_CONFIG),
        (archive_lab, grow, MISSING_ARCHIVE),
    ]
}

/// Accounts that the System program takes no lamports from: one with data, as a nonce's is, and one of
/// another program.
fn payers_that_cannot_transfer() -> [Account; 2] {
    let wallet = Account {
        lamports: FUNDS,
        data: Vec::new(),
        owner: system_program::ID,
        executable: false,
        rent_epoch: u64::MAX,
    };
    let with_data = Account {
        data: vec![0],
        ..wallet.clone()
    };
    let of_another_program = Account {
        owner: Pubkey::new_from_array([9; 32]),
        ..wallet
    };
    [with_data, of_another_program]
}

async fn a_payer_that_cannot_transfer_is_named(backend: Backend) {
    for payer in payers_that_cannot_transfer() {
        for (mut lab, pays, _) in paid_for(backend).await {
            let address = lab.payer.pubkey();
            lab.svm.set_account(address, payer.clone()).await;
            Rejected::of(address, LabError::PayerCannotPay)
                .expect(&mut lab, backend, pays)
                .await;
        }
    }
}

async fn a_payer_that_cannot_transfer_need_not_when_nothing_is_missing(backend: Backend) {
    for payer in payers_that_cannot_transfer() {
        for (mut lab, pays, missing) in paid_for(backend).await {
            let data = lab.data().await;
            lab.set(data, missing).await;
            let address = lab.payer.pubkey();
            lab.svm.set_account(address, payer.clone()).await;
            lab.send(&[pays]).await.expect_ok();
            assert_eq!(lab.svm.account(address).await, Some(payer.clone()));
        }
    }
}

async fn a_payer_with_too_little_is_named(backend: Backend) {
    for (mut lab, pays, missing) in paid_for(backend).await {
        let address = lab.payer.pubkey();
        let mut payer = lab.svm.account(address).await.expect("it exists");
        payer.lamports = missing - 1;
        lab.svm.set_account(address, payer).await;
        Rejected::of(address, LabError::InsufficientFunds)
            .with_amounts(missing - 1, missing)
            .expect(&mut lab, backend, pays)
            .await;
    }
}

async fn a_batch_above_its_limit_says_both(backend: Backend) {
    let mut lab = Lab::start(backend, config_v1(5)).await;
    let other = key("other config").pubkey();
    let config = lab.svm.account(lab.account).await.expect("it exists");
    lab.svm.set_account(other, config).await;
    let list = [lab.account, other];
    let missing = 2 * MISSING_CONFIG;
    let migrate = migrate_configs(&lab, None, missing - 1, &list);
    let above = Rejected {
        error: LabError::TopUpAboveLimit,
        account: None,
        amounts: Some((missing, missing - 1)),
    };
    above.expect(&mut lab, backend, migrate).await;

    let migrate = migrate_configs(&lab, None, missing, &list);
    lab.send(&[migrate]).await.expect_ok();
    assert_eq!(lab.lamports(lab.payer.pubkey()).await, FUNDS - missing);
}

async fn an_account_that_must_grow_first_is_named(backend: Backend) {
    let mut lab = Lab::start(backend, chain::archive_v1(12_047)).await;
    let migrate = chain::migrate(&lab);
    Rejected::of(lab.account, LabError::GrowFirst)
        .with_amounts(12_047, 12_048)
        .expect(&mut lab, backend, migrate)
        .await;
}
