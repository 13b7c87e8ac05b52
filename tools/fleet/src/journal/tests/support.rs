//! Deterministic accounts, attempts, and all that a journal says.

use {
    crate::{
        cluster::At,
        direction::Direction,
        journal::{
            Attempt, EndedAttempt, Header, Journal, JournalError, Outcome, PlannedAccount, Problem,
            State, Totals,
        },
        shard::Shard,
    },
    solana_account::Account,
    solana_hash::Hash,
    solana_pubkey::Pubkey,
    solana_signature::Signature,
    solana_transaction::versioned::VersionedTransaction,
    std::{ops::Range, path::PathBuf},
    tempfile::TempDir,
};

pub const PROGRAM: Pubkey = Pubkey::new_from_array([9; 32]);

pub fn header() -> Header {
    Header {
        program_id: PROGRAM,
        direction: Direction::Rollback,
        from: "ConfigV2".to_owned(),
        to: "ConfigV1".to_owned(),
        genesis_hash: Hash::new_from_array([1; 32]),
        manifest_digest: [2; 32],
        shard: Shard { index: 2, count: 4 },
        authority: Pubkey::new_from_array([3; 32]),
        payer: Pubkey::new_from_array([4; 32]),
        planned_slot: 5,
        lamports_per_byte: 6_960,
        program_deploy_slot: u64::MAX,
    }
}

pub fn new_path() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fleet.db");
    (folder, path)
}

/// Takes in one part of a listing; how many are new.
pub fn add_planned(
    journal: &mut Journal,
    accounts: &[(Pubkey, Account)],
    slot: u64,
) -> Result<usize, JournalError> {
    let part = At {
        slot,
        value: accounts.to_vec(),
    };
    Ok(journal.add_planned(&[part])?.len())
}

/// A journal in which `0..planned` are pending.
pub fn journal(planned: u64) -> (TempDir, Journal) {
    let (folder, path) = new_path();
    let mut journal = Journal::create(path, &header()).unwrap();
    add_planned(&mut journal, &accounts(0..planned), 10).unwrap();
    (folder, journal)
}

pub fn reopen(journal: Journal) -> Journal {
    let path = journal.path().to_owned();
    drop(journal);
    Journal::open(path).unwrap()
}

/// Unlike each other from their first byte on, and without order.
pub fn address(number: u64) -> Pubkey {
    let mut bytes = [7; 32];
    bytes[..8].copy_from_slice(&number.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    Pubkey::new_from_array(bytes)
}

pub fn account(number: u64) -> (Pubkey, Account) {
    let account = Account {
        lamports: 1_000_000 + number,
        data: [&[0xab; 40], &number.to_le_bytes()[..]].concat(),
        owner: PROGRAM,
        ..Account::default()
    };
    (address(number), account)
}

pub fn accounts(numbers: Range<u64>) -> Vec<(Pubkey, Account)> {
    numbers.map(account).collect()
}

pub fn signature(seed: u64) -> Signature {
    let mut bytes = [0xff; 64];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    Signature::from(bytes)
}

/// Costs 5,000 lamports of fee and at most 100 of rent for each account.
pub fn attempt(seed: u64, numbers: &[u64]) -> Attempt {
    let transaction = VersionedTransaction {
        signatures: vec![signature(seed)],
        ..VersionedTransaction::default()
    };
    let accounts = numbers.iter().map(|number| (address(*number), 100));
    Attempt::new(transaction, 1_000, 5_000, 200_000, accounts.collect())
}

pub fn landed(slot: u64) -> Outcome {
    Outcome::Landed { slot, error: None }
}

pub fn failed(slot: u64) -> Outcome {
    Outcome::Landed {
        slot,
        error: Some("Truncated".to_owned()),
    }
}

pub fn not_sent() -> Outcome {
    Outcome::NotSent {
        reason: "Blockhash not found".to_owned(),
    }
}

/// `number` was migrated by the attempt `seed`.
pub fn migrated(number: u64, seed: u64, top_up: u64) -> (Pubkey, State) {
    let state = State::Migrated {
        signature: Some(signature(seed)),
        top_up,
        lamports_after: 1_000_000 + number + top_up,
    };
    (address(number), state)
}

pub fn by_others(number: u64) -> (Pubkey, State) {
    let state = State::Migrated {
        signature: None,
        top_up: 70,
        lamports_after: 1_000_070 + number,
    };
    (address(number), state)
}

pub fn quarantined(number: u64) -> (Pubkey, State) {
    let reason = "Truncated (6005)".to_owned();
    (address(number), State::Quarantined { reason })
}

pub fn closed(number: u64) -> (Pubkey, State) {
    let reason = "it was closed".to_owned();
    (address(number), State::Closed { reason })
}

pub fn state(journal: &Journal, number: u64) -> Option<State> {
    journal.states(&[address(number)]).unwrap().remove(0)
}

/// What the tables say, without the journal's own counting.
pub fn totals_by_sql(journal: &Journal) -> Totals {
    let number = |table: &str, what: &str, condition: &str| {
        let query = format!("SELECT coalesce({what}, 0) FROM {table} WHERE {condition}");
        let number: i64 = journal
            .connection
            .query_row(&query, [], |row| row.get(0))
            .unwrap();
        u64::try_from(number).unwrap()
    };
    let accounts = |condition| number("account", "count(*)", condition);
    let attempts = |condition| number("attempt", "count(*)", condition);
    let ours = "state = 'migrated' AND signature IS NOT NULL";
    Totals {
        planned: accounts("true"),
        pending: accounts("state = 'pending'"),
        in_flight: accounts("state = 'in_flight'"),
        migrated: accounts(ours),
        by_others: accounts("state = 'migrated' AND signature IS NULL"),
        closed: accounts("state = 'gone'"),
        quarantined: accounts("state = 'quarantined'"),
        open: attempts("outcome IS NULL"),
        landed: attempts("outcome = 'landed'"),
        failed: attempts("outcome = 'failed'"),
        expired: attempts("outcome = 'dead'"),
        not_sent: attempts("outcome = 'not_sent'"),
        fees: number("attempt", "sum(fee)", "outcome IN ('landed', 'failed')"),
        top_up: number("attempt_account", "sum(top_up)", "true"),
        reserved: number("attempt", "sum(fee + max_top_up)", "outcome IS NULL"),
    }
}

/// All that a journal says.
#[derive(Debug, PartialEq)]
pub struct Image {
    header: Header,
    totals: Totals,
    payer: Option<At<u64>>,
    planned_only: Option<bool>,
    pub states: Vec<(Option<State>, Option<u32>)>,
    pending: Vec<Pubkey>,
    migrated: Vec<PlannedAccount>,
    unfinished: Vec<PlannedAccount>,
    quarantined: Vec<(Pubkey, String)>,
    open: Vec<Attempt>,
    closed: Vec<EndedAttempt>,
}

impl Image {
    /// What `journal` says of the accounts `0..count`.
    pub fn of(journal: &Journal, count: u64) -> Self {
        let all = usize::MAX >> 1;
        let one = |number| {
            let attempts = journal.attempts_of(&address(number)).ok();
            (state(journal, number), attempts)
        };
        Self {
            header: journal.header().clone(),
            totals: journal.totals(),
            payer: journal.payer_balance().unwrap(),
            planned_only: journal.planned_only().unwrap(),
            states: (0..count).map(one).collect(),
            pending: journal.pending(0, all).unwrap().0,
            migrated: journal.migrated_page(0, all).unwrap().0,
            unfinished: journal.unfinished_page(0, all).unwrap().0,
            quarantined: journal.quarantined_page(0, all).unwrap().0,
            open: journal.open_attempts().unwrap(),
            closed: journal.ended_attempts_page(0, all).unwrap().0,
        }
    }
}

/// The problem of a result that must have one.
pub fn problem<T: std::fmt::Debug>(result: Result<T, super::super::JournalError>) -> Problem {
    *result.unwrap_err().problem
}
