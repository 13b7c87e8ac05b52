//! What a batch says of an account that has the new layout's discriminator.

use {
    crate::rejected::Rejected,
    anchor_lang::{prelude::AccountMeta, solana_program::system_program},
    integration::lab::{FUNDS, Lab, config_v1, config_v2, instruction},
    migration_lab::error::LabError,
    support::key::key,
    svm_harness::{Backend, Instruction, Pubkey, Signer, on_both_backends},
};

on_both_backends!(
    a_migrated_config_is_skipped,
    a_migrated_config_that_was_cut_is_rejected,
);

/// Migrates the configs of `list` beside the field `kept`.
pub fn migrate_configs(
    lab: &Lab,
    kept: Option<Pubkey>,
    max_top_up: u64,
    list: &[Pubkey],
) -> Instruction {
    let accounts = migration_lab::accounts::OursMigrateConfigs {
        kept,
        payer: lab.payer.pubkey(),
        system_program: system_program::ID,
    };
    let data = migration_lab::instruction::OursMigrateConfigs { max_top_up };
    let mut migrate = instruction(accounts, data);
    let listed = list.iter().map(|address| AccountMeta::new(*address, false));
    migrate.accounts.extend(listed);
    migrate
}

/// A config in the first layout that stands before the one of the lab in a list.
async fn with_old_config(lab: &mut Lab) -> Pubkey {
    let address = key("old config").pubkey();
    let mut config = lab.svm.account(lab.account).await.expect("it exists");
    config.data = config_v1(6);
    lab.svm.set_account(address, config).await;
    address
}

async fn a_migrated_config_is_skipped(backend: Backend) {
    let mut lab = Lab::start(backend, config_v2(5)).await;
    let old = with_old_config(&mut lab).await;
    let migrate = migrate_configs(&lab, None, u64::MAX, &[old, lab.account]);
    lab.send(&[migrate]).await.expect_ok();
    assert_eq!(lab.data().await, config_v2(5));
    let migrated = lab.svm.account(old).await.expect("it stays");
    assert_eq!(migrated.data, config_v2(6));
    assert_eq!(lab.lamports(lab.payer.pubkey()).await, FUNDS);
}

/// It has no value that any instruction could read, so it does not count as migrated.
async fn a_migrated_config_that_was_cut_is_rejected(backend: Backend) {
    let mut lab = Lab::start(backend, config_v1(5)).await;
    let old = with_old_config(&mut lab).await;
    for len in [8, 9, 95] {
        lab.set(config_v2(5)[..len].to_vec(), 0).await;
        let migrate = migrate_configs(&lab, None, u64::MAX, &[old, lab.account]);
        Rejected::of("remaining_accounts[1]", LabError::Truncated)
            .expect(&mut lab, backend, migrate)
            .await;
    }
}
