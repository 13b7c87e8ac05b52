//! Notes whose text or attachment announces more bytes than it has. A program's heap has 32,768, and
//! Borsh allocates up to 1 MiB before it looks.

use {
    crate::rejected::Rejected,
    anchor_lang::{Discriminator, prelude::AccountMeta, solana_program::system_program},
    integration::lab::{Lab, instruction},
    migration_lab::{
        error::LabError,
        state::{NoteV1, NoteV2},
    },
    support::key::key,
    svm_harness::{Backend, Instruction, Pubkey, Signer, on_both_backends},
};

on_both_backends!(
    a_length_that_lies_is_corrupt,
    a_number_as_large_migrates,
    a_long_attachment_migrates,
);

/// The announced length of the text of [`note`] and of its attachment, in its data.
const LENGTHS: [usize; 2] = [12, 16 + 5];

fn note(discriminator: &[u8], views: u32, attachment: &[u8]) -> Vec<u8> {
    let len = attachment.len() as u32;
    [
        discriminator,
        &views.to_le_bytes(),
        &5u32.to_le_bytes(),
        b"hello",
        &len.to_le_bytes(),
        attachment,
    ]
    .concat()
}

fn migrate(lab: &Lab) -> Instruction {
    let accounts = migration_lab::accounts::OursMigrateNote {
        note: lab.account,
        payer: lab.payer.pubkey(),
        system_program: system_program::ID,
    };
    instruction(accounts, migration_lab::instruction::OursMigrateNote {})
}

fn migrate_many(lab: &Lab, notes: &[Pubkey]) -> Instruction {
    let accounts = migration_lab::accounts::OursMigrateNotes {
        payer: lab.payer.pubkey(),
        system_program: system_program::ID,
    };
    let mut batch = instruction(accounts, migration_lab::instruction::OursMigrateNotes {});
    let listed = notes
        .iter()
        .map(|address| AccountMeta::new(*address, false));
    batch.accounts.extend(listed);
    batch
}

fn read(lab: &Lab) -> Instruction {
    instruction(
        migration_lab::accounts::OursReadNote { note: lab.account },
        migration_lab::instruction::OursReadNote {},
    )
}

/// Whether the number in front is small or as large as the lie.
async fn a_length_that_lies_is_corrupt(backend: Backend) {
    let good = key("good note").pubkey();
    for views in [3, u32::MAX] {
        let note = note(NoteV1::DISCRIMINATOR, views, b"world");
        let mut lab = Lab::start(backend, note.clone()).await;
        let account = lab.svm.account(lab.account).await.expect("it exists");
        lab.svm.set_account(good, account).await;
        for (at, announced) in LENGTHS.into_iter().flat_map(|at| {
            [100, 8_192, 8_193, 32_768, 1 << 20, u32::MAX].map(|announced| (at, announced))
        }) {
            let mut lies = note.clone();
            lies[at..at + 4].copy_from_slice(&announced.to_le_bytes());
            lab.set(lies, 0).await;
            for (account, rejects) in [
                ("note", migrate(&lab)),
                ("note", read(&lab)),
                (
                    "remaining_accounts[1]",
                    migrate_many(&lab, &[good, lab.account]),
                ),
            ] {
                Rejected::of(account, LabError::Corrupt)
                    .expect(&mut lab, backend, rejects)
                    .await;
            }
        }
    }
}

/// It is no length, so nothing is wrong with it.
async fn a_number_as_large_migrates(backend: Backend) {
    let note_v2 = [
        note(NoteV2::DISCRIMINATOR, u32::MAX, b"world").as_slice(),
        &[0; 8],
    ]
    .concat();
    for batch in [false, true] {
        let note_v1 = note(NoteV1::DISCRIMINATOR, u32::MAX, b"world");
        let mut lab = Lab::start(backend, note_v1.clone()).await;
        let read = read(&lab);
        lab.send(std::slice::from_ref(&read)).await.expect_ok();
        assert_eq!(lab.data().await, note_v1);

        let migrate = if batch {
            migrate_many(&lab, &[lab.account])
        } else {
            migrate(&lab)
        };
        lab.send(&[migrate]).await.expect_ok();
        assert_eq!(lab.data().await, note_v2);
        lab.send(&[read]).await.expect_ok();
        assert_eq!(lab.data().await, note_v2);
    }
}

/// A program's heap frees nothing, and a note is decoded when it is loaded, when its migration begins and
/// when it is written; each time twice when a number is as large as a lie.
async fn a_long_attachment_migrates(backend: Backend) {
    for (views, len) in [(3, 10_000), (u32::MAX, 5_000)] {
        let attachment = vec![7; len];
        let note_v1 = note(NoteV1::DISCRIMINATOR, views, &attachment);
        let mut lab = Lab::start(backend, note_v1).await;
        let migrate = migrate(&lab);
        lab.send(&[migrate]).await.expect_ok();
        let note_v2 = note(NoteV2::DISCRIMINATOR, views, &attachment);
        assert_eq!(lab.data().await, [note_v2.as_slice(), &[0; 8]].concat());
    }
}
