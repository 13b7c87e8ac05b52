//! A chain of two layouts that together grow by 12,000 bytes.

use {
    anchor_lang::{Discriminator, solana_program::system_program},
    integration::{
        lab::{AUTHORITY, FUNDS, Lab, instruction},
        rejection::expect_rejection,
    },
    migration_lab::{
        error::LabError,
        state::{ArchiveV1, ArchiveV3},
    },
    svm_harness::{Backend, Instruction, Signer, on_both_backends},
};

on_both_backends!(a_long_chain_migrates_after_growing);

/// An archive's data: `len` bytes, with zeros behind its fields.
fn archive(discriminator: &[u8], fields: &[u8], len: usize) -> Vec<u8> {
    let total = 5u64.to_le_bytes();
    let mut data = [discriminator, AUTHORITY.as_ref(), &total, fields].concat();
    data.resize(len, 0);
    data
}

pub fn archive_v1(len: usize) -> Vec<u8> {
    archive(ArchiveV1::DISCRIMINATOR, &[], len)
}

pub fn migrate(lab: &Lab) -> Instruction {
    let accounts = migration_lab::accounts::OursMigrateArchive {
        archive: lab.account,
        payer: lab.payer.pubkey(),
        system_program: system_program::ID,
    };
    instruction(accounts, migration_lab::instruction::OursMigrateArchive {})
}

pub fn grow(lab: &Lab) -> Instruction {
    let accounts = migration_lab::accounts::OursGrowArchive {
        archive: lab.account,
        payer: lab.payer.pubkey(),
        system_program: system_program::ID,
    };
    instruction(accounts, migration_lab::instruction::OursGrowArchive {})
}

async fn a_long_chain_migrates_after_growing(backend: Backend) {
    let mut lab = Lab::start(backend, archive_v1(48)).await;
    let payer = lab.payer.insecure_clone();
    let (migrate, grow) = (migrate(&lab), grow(&lab));
    for len in [10_288, 12_048] {
        expect_rejection(
            &mut lab.svm,
            migrate.clone(),
            &[&payer],
            LabError::GrowFirst,
        )
        .await;
        lab.send(std::slice::from_ref(&grow)).await.expect_ok();
        assert_eq!(lab.data().await, archive_v1(len));
    }
    lab.send(&[migrate]).await.expect_ok();

    // The epoch that the second layout begins with, and the third one's seal.
    let archive_v3 = archive(ArchiveV3::DISCRIMINATOR, &[1, 0, 0, 0, 1], 12_048);
    assert_eq!(lab.data().await, archive_v3);
    let minimum = lab.svm.rent_exempt_minimum(12_048);
    assert_eq!(lab.lamports(lab.account).await, minimum);
    let paid = minimum - 1_224_960;
    assert_eq!(lab.lamports(payer.pubkey()).await, FUNDS - paid);
}
