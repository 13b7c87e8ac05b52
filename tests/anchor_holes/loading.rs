//! What loading answers for an account that cannot be migrated.

use {
    anchor_lang::error::ErrorCode,
    integration::{
        lab::{Lab, anchor_migrate, config_v1, config_v2, ours_migrate},
        rejection::expect_rejection,
    },
    migration_lab::error::LabError,
    svm_harness::{Backend, Signer, on_both_backends},
};

/// One number of Anchor for four causes; one of ours for each.
async fn each_cause_has_its_error(backend: Backend) {
    let mut unknown = config_v1(5);
    unknown[0] ^= 1;
    let cases = [
        (
            config_v2(5),
            ErrorCode::AccountDiscriminatorMismatch,
            LabError::AlreadyMigrated,
        ),
        (
            unknown,
            ErrorCode::AccountDiscriminatorMismatch,
            LabError::UnknownVersion,
        ),
        (
            vec![0; 48],
            ErrorCode::AccountDiscriminatorMismatch,
            LabError::Uninitialized,
        ),
        (
            config_v1(5)[..47].to_vec(),
            ErrorCode::AccountDidNotDeserialize,
            LabError::Truncated,
        ),
        (
            config_v1(5)[..7].to_vec(),
            ErrorCode::AccountDiscriminatorNotFound,
            LabError::Truncated,
        ),
    ];

    let mut lab = Lab::start(backend, config_v1(5)).await;
    for (data, anchors, ours) in cases {
        lab.set(data, 0).await;
        let payer = lab.payer.insecure_clone();
        let instruction = anchor_migrate(&lab, payer.pubkey());
        expect_rejection(&mut lab.svm, instruction, &[&payer], anchors).await;
        let instruction = ours_migrate(&lab);
        expect_rejection(&mut lab.svm, instruction, &[&payer], ours).await;
    }
}

on_both_backends!(each_cause_has_its_error);
