//! A damaged file is an error, or nothing of it is lost.

use {
    super::support::*,
    crate::{
        cluster::At,
        journal::{Journal, JournalError, Outcome, Problem},
    },
    rusqlite::functions::FunctionFlags,
    std::{fs, path::Path},
};

const ACCOUNTS: u64 = 80;

/// A journal with something of everything, its bytes, and what it says.
fn specimen() -> (tempfile::TempDir, std::path::PathBuf, Vec<u8>, Image) {
    let (folder, mut journal) = journal(ACCOUNTS);
    journal.record_planned_only(true).unwrap();
    journal
        .record_payer_balance(At {
            slot: 11,
            value: 1 << 40,
        })
        .unwrap();
    let (address, mut account) = account(1);
    account.lamports += 1;
    journal.observed(&[(address, account)], 12).unwrap();
    journal
        .begin_attempts(&[
            attempt(1, &[0, 1, 2]),
            attempt(2, &[3, 4]),
            attempt(3, &[5]),
            attempt(4, &[6, 7]),
        ])
        .unwrap();
    journal
        .finish_attempts(&[
            (
                signature(1),
                landed(50),
                vec![migrated(0, 1, 9), migrated(1, 1, 8), closed(2)],
            ),
            (signature(2), failed(51), vec![quarantined(3), by_others(4)]),
            (signature(3), Outcome::Expired, Vec::new()),
        ])
        .unwrap();
    let image = Image::of(&journal, ACCOUNTS);
    let path = journal.path().to_owned();
    drop(journal);
    let bytes = fs::read(&path).unwrap();
    (folder, path, bytes, image)
}

/// Whether the damage was noticed; when it was not, it must have done nothing.
fn is_noticed(path: &Path, damaged: &[u8], image: &Image) -> bool {
    fs::write(path, damaged).unwrap();
    match Journal::open(path) {
        Ok(journal) => {
            assert_eq!(Image::of(&journal, ACCOUNTS), *image);
            false
        }
        Err(JournalError { problem, .. }) => {
            assert!(
                matches!(
                    *problem,
                    Problem::Damaged(_)
                        | Problem::NotAJournal
                        | Problem::Format { .. }
                        | Problem::Io(_)
                ),
                "{problem:?}"
            );
            true
        }
    }
}

#[test]
fn a_changed_byte_is_noticed_or_harmless() {
    let (_folder, path, bytes, image) = specimen();
    let mut noticed = 0;
    let offsets = (0..100).chain((100..bytes.len()).step_by(41));
    for offset in offsets {
        let mut damaged = bytes.clone();
        damaged[offset] ^= 1 << (offset % 8);
        noticed += usize::from(is_noticed(&path, &damaged, &image));
    }
    assert!(noticed > 0);
}

#[test]
fn an_overwritten_block_is_noticed_or_harmless() {
    let (_folder, path, bytes, image) = specimen();
    for (fill, len, step) in [
        (0, 512, 512),
        (0xff, 64, 1_009),
        (0, 4_096, 4_096),
        (0x41, 7, 499),
    ] {
        let mut noticed = 0;
        for offset in (0..bytes.len() - len + 1).step_by(step) {
            let mut damaged = bytes.clone();
            damaged[offset..offset + len].fill(fill);
            noticed += usize::from(damaged != bytes && is_noticed(&path, &damaged, &image));
        }
        assert!(noticed > 0);
    }
}

#[test]
fn exchanged_pages_are_noticed() {
    let (_folder, path, bytes, image) = specimen();
    let pages = bytes.len() / 4_096;
    for first in 1..pages {
        let second = (first + 1) % pages;
        let mut damaged = bytes.clone();
        damaged[first * 4_096..][..4_096].copy_from_slice(&bytes[second * 4_096..][..4_096]);
        assert!(is_noticed(&path, &damaged, &image), "page {first}");
    }
}

#[test]
fn a_file_that_is_cut_off_is_noticed() {
    let (_folder, path, bytes, image) = specimen();
    for len in (0..bytes.len()).step_by(1_024) {
        assert!(is_noticed(&path, &bytes[..len], &image), "{len} bytes");
    }
}

#[test]
fn damage_says_what_to_do() {
    let (_folder, path, mut bytes, _) = specimen();
    let data = account(40).1.data;
    // SQLite leaves copies in free space.
    for offset in 0..bytes.len() - data.len() {
        if bytes[offset..].starts_with(&data) {
            bytes[offset] ^= 1;
        }
    }
    fs::write(&path, bytes).unwrap();
    assert_eq!(
        Journal::open(&path).unwrap_err().to_string(),
        format!(
            "journal {}: the file is damaged (CHECK constraint failed in planned): wait until 151 blocks have \
             passed, so that nothing it sent can still land, then plan with a new file; which accounts are \
             migrated is on the chain",
            path.display()
        )
    );
}

#[test]
fn tables_that_do_not_fit_each_other_are_damage() {
    for (change, expected) in [
        (
            "DELETE FROM planned WHERE account = 9",
            "an account lacks its snapshot",
        ),
        (
            "UPDATE account SET state = 'pending' WHERE state = 'in_flight'",
            "its open attempts and its accounts in flight differ",
        ),
        (
            "UPDATE account SET state = 'in_flight' WHERE id = 30",
            "its open attempts and its accounts in flight differ",
        ),
        (
            "UPDATE attempt SET outcome = 'dead' WHERE outcome IS NULL",
            "its open attempts and its accounts in flight differ",
        ),
        (
            "DELETE FROM attempt WHERE outcome IS NULL",
            "its open attempts and its accounts in flight differ",
        ),
        ("DELETE FROM header", "it has no header"),
        (
            "DROP INDEX pending",
            "its tables are not those of a journal",
        ),
    ] {
        let (_folder, path, _, _) = specimen();
        let journal = Journal::open(&path).unwrap();
        journal.connection.execute_batch(change).unwrap();
        drop(journal);
        let found = problem(Journal::open(&path));
        assert!(
            matches!(&found, Problem::Damaged(what) if what == expected),
            "{found:?}"
        );
    }
}

#[test]
fn a_checksum_that_is_wrong_is_noticed_in_every_table() {
    let change = [
        ("header", "to_type = to_type"),
        ("payer_balance", "lamports = lamports"),
        ("scope", "planned_only = planned_only"),
        ("account", "reason = reason"),
        ("planned", "data = data"),
        ("latest", "data = data"),
        ("attempt", "fee = fee"),
        ("attempt_account", "expected_top_up = expected_top_up"),
    ];
    for (table, change) in change {
        let (_folder, path, _, _) = specimen();
        let journal = Journal::open(&path).unwrap();
        let connection = &journal.connection;
        connection
            .create_scalar_function("crc32", -1, FunctionFlags::SQLITE_DETERMINISTIC, |_| Ok(7))
            .unwrap();
        connection
            .execute_batch(&format!("UPDATE {table} SET {change}"))
            .unwrap();
        drop(journal);
        let expected = format!("CHECK constraint failed in {table}");
        let found = problem(Journal::open(&path));
        assert!(
            matches!(&found, Problem::Damaged(what) if *what == expected),
            "{found:?}"
        );
    }
}
