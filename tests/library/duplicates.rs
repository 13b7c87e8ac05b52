//! A config that is passed a second time, where another field could write it back in its old layout.

use {
    crate::batch::migrate_configs,
    anchor_lang::{prelude::AccountMeta, solana_program::system_program},
    integration::{
        lab::{FUNDS, Lab, config_v1, config_v2, instruction, ours_migrate},
        rejection::expect_rejection,
    },
    migration_lab::error::LabError,
    support::key::key,
    svm_harness::{Backend, Instruction, Pubkey, Signer, on_both_backends},
};

on_both_backends!(
    the_same_config_in_another_field_is_rejected,
    the_same_config_behind_every_field_is_rejected,
    another_config_beside_it_is_not,
    a_field_that_is_in_the_list_is_rejected,
    a_field_that_is_not_in_the_list_keeps_its_layout,
    a_config_twice_in_the_list_is_migrated_once,
);

/// Instructions that migrate a config beside `other`: in front of a mutable field, behind one, and in
/// front of one that is only read.
fn migrate_beside(lab: &Lab, other: Pubkey) -> [Instruction; 3] {
    let (pending, payer, system_program) = (lab.account, lab.payer.pubkey(), system_program::ID);
    [
        instruction(
            migration_lab::accounts::OursMigrateBefore {
                pending,
                other,
                payer,
                system_program,
            },
            migration_lab::instruction::OursMigrateBefore {},
        ),
        instruction(
            migration_lab::accounts::OursMigrateBehind {
                other,
                pending,
                payer,
                system_program,
            },
            migration_lab::instruction::OursMigrateBehind {},
        ),
        instruction(
            migration_lab::accounts::OursMigrateBesideReader {
                pending,
                other,
                payer,
                system_program,
            },
            migration_lab::instruction::OursMigrateBesideReader {},
        ),
    ]
}

async fn the_same_config_in_another_field_is_rejected(backend: Backend) {
    let mut lab = Lab::start(backend, config_v1(5)).await;
    let payer = lab.payer.insecure_clone();
    for migrate in migrate_beside(&lab, lab.account) {
        expect_rejection(&mut lab.svm, migrate, &[&payer], LabError::Duplicate).await;
    }
}

/// Handlers may read and write what lies there.
async fn the_same_config_behind_every_field_is_rejected(backend: Backend) {
    let mut lab = Lab::start(backend, config_v1(5)).await;
    let payer = lab.payer.insecure_clone();
    let mut migrate = ours_migrate(&lab);
    let again = AccountMeta::new_readonly(lab.account, false);
    migrate.accounts.push(again);
    expect_rejection(&mut lab.svm, migrate, &[&payer], LabError::Duplicate).await;
}

async fn another_config_beside_it_is_not(backend: Backend) {
    let other = key("other config").pubkey();
    for index in 0..3 {
        let mut lab = Lab::start(backend, config_v1(5)).await;
        let config = lab.svm.account(lab.account).await.expect("it exists");
        lab.svm.set_account(other, config.clone()).await;
        let migrate = migrate_beside(&lab, other)[index].clone();
        lab.send(&[migrate]).await.expect_ok();

        assert_eq!(lab.data().await, config_v2(5));
        assert_eq!(lab.svm.account(other).await, Some(config));
        assert_eq!(lab.lamports(lab.payer.pubkey()).await, FUNDS - 334_080);
    }
}

/// Wherever in the list it stands, and however often.
async fn a_field_that_is_in_the_list_is_rejected(backend: Backend) {
    let mut lab = Lab::start(backend, config_v1(5)).await;
    let payer = lab.payer.insecure_clone();
    let other = key("other config").pubkey();
    let config = lab.svm.account(lab.account).await.expect("it exists");
    lab.svm.set_account(other, config).await;
    let field = lab.account;
    for list in [
        vec![field],
        vec![field, other],
        vec![other, field],
        vec![field, field],
    ] {
        let migrate = migrate_configs(&lab, Some(field), u64::MAX, &list);
        expect_rejection(&mut lab.svm, migrate, &[&payer], LabError::Duplicate).await;
    }
}

async fn a_field_that_is_not_in_the_list_keeps_its_layout(backend: Backend) {
    let mut lab = Lab::start(backend, config_v1(5)).await;
    let field = key("other config").pubkey();
    let config = lab.svm.account(lab.account).await.expect("it exists");
    lab.svm.set_account(field, config.clone()).await;
    let migrate = migrate_configs(&lab, Some(field), u64::MAX, &[lab.account]);
    lab.send(&[migrate]).await.expect_ok();
    assert_eq!(lab.data().await, config_v2(5));
    assert_eq!(lab.svm.account(field).await, Some(config));
}

async fn a_config_twice_in_the_list_is_migrated_once(backend: Backend) {
    let mut lab = Lab::start(backend, config_v1(5)).await;
    let migrate = migrate_configs(&lab, None, u64::MAX, &[lab.account, lab.account]);
    lab.send(&[migrate]).await.expect_ok();
    assert_eq!(lab.data().await, config_v2(5));
    assert_eq!(lab.lamports(lab.account).await, 1_559_040);
    assert_eq!(lab.lamports(lab.payer.pubkey()).await, FUNDS - 334_080);
}
