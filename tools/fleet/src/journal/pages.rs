//! The journal read a page at a time. A page begins behind the cursor of the one before, or behind 0,
//! and the last one is empty.

use {
    super::{
        Journal, JournalError, Outcome, Problem, Snapshot, State,
        attempts::{RECORD_COLUMNS, Record, accounts_of},
        snapshot::SNAPSHOT_COLUMNS,
        state::{ENTRY_COLUMNS, Entry},
        value::{Bytes, Unsigned},
    },
    rusqlite::{Connection, Row, params},
    solana_pubkey::Pubkey,
    solana_signature::Signature,
};

/// An account, and what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedAccount {
    pub address: Pubkey,
    /// As it was when its last attempt was made, or as it was planned.
    pub before: Snapshot,
    /// As it was planned, where it was observed otherwise since.
    pub first: Option<Snapshot>,
    pub state: State,
}

/// An attempt that ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndedAttempt {
    pub signature: Signature,
    pub outcome: Outcome,
    /// Lamports.
    pub fee: u64,
    /// Each with the lamports of rent that the attempt added to it, as far as the journal knows.
    pub accounts: Vec<(Pubkey, u64)>,
}

impl Journal {
    pub fn migrated_page(
        &self,
        after: u64,
        limit: usize,
    ) -> Result<(Vec<PlannedAccount>, u64), JournalError> {
        self.read(|connection| accounts_page(connection, "'migrated'", after, limit))
    }

    /// Accounts that are neither migrated nor closed.
    pub fn unfinished_page(
        &self,
        after: u64,
        limit: usize,
    ) -> Result<(Vec<PlannedAccount>, u64), JournalError> {
        let states = "'pending', 'in_flight', 'quarantined'";
        self.read(|connection| accounts_page(connection, states, after, limit))
    }

    /// Each with the reason.
    pub fn quarantined_page(
        &self,
        after: u64,
        limit: usize,
    ) -> Result<(Vec<(Pubkey, String)>, u64), JournalError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, address, reason FROM account WHERE state = 'quarantined' AND id > ?
                 ORDER BY id LIMIT ?",
            )?;
            let mut rows = statement.query(params![Unsigned(after), Unsigned(limit as u64)])?;
            let mut accounts = Vec::new();
            let mut last = after;
            while let Some(row) = rows.next()? {
                last = row.get::<_, Unsigned>(0)?.0;
                accounts.push((row.get::<_, Bytes<_>>(1)?.0, row.get(2)?));
            }
            Ok((accounts, last))
        })
    }

    pub fn ended_attempts_page(
        &self,
        after: u64,
        limit: usize,
    ) -> Result<(Vec<EndedAttempt>, u64), JournalError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {RECORD_COLUMNS}, signature FROM attempt WHERE outcome IS NOT NULL AND id > ?
                 ORDER BY id LIMIT ?"
            ))?;
            let mut rows = statement.query(params![Unsigned(after), Unsigned(limit as u64)])?;
            let mut attempts = Vec::new();
            let mut last = after;
            while let Some(row) = rows.next()? {
                let (id, attempt) = EndedAttempt::of(connection, row)?;
                last = id.cast_unsigned();
                attempts.extend(attempt);
            }
            Ok((attempts, last))
        })
    }

    /// `None` for a transaction that can still land, or is none of the journal's.
    pub fn ended_attempt(
        &self,
        signature: &Signature,
    ) -> Result<Option<EndedAttempt>, JournalError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {RECORD_COLUMNS}, signature FROM attempt WHERE signature = ?"
            ))?;
            let mut rows = statement.query([Bytes(*signature)])?;
            match rows.next()? {
                Some(row) => Ok(EndedAttempt::of(connection, row)?.1),
                None => Ok(None),
            }
        })
    }
}

impl EndedAttempt {
    /// Of a row of [`RECORD_COLUMNS`] and the signature, with its id; `None` for an open one.
    fn of(connection: &Connection, row: &Row) -> Result<(i64, Option<Self>), Problem> {
        let record = Record::of(row)?;
        let Some(outcome) = record.outcome else {
            return Ok((record.id, None));
        };
        let attempt = Self {
            signature: row.get::<_, Bytes<_>>(6)?.0,
            outcome,
            fee: record.fee,
            accounts: accounts_of(connection, record.id, "top_up")?,
        };
        Ok((record.id, Some(attempt)))
    }
}

fn accounts_page(
    connection: &Connection,
    states: &str,
    after: u64,
    limit: usize,
) -> Result<(Vec<PlannedAccount>, u64), Problem> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {ENTRY_COLUMNS}, address, {SNAPSHOT_COLUMNS}, latest.account IS NOT NULL,
            planned.slot, planned.lamports, planned.data
         FROM account JOIN planned ON planned.account = account.id
         LEFT JOIN latest ON latest.account = account.id
         WHERE account.id > ? AND account.state IN ({states}) ORDER BY account.id LIMIT ?"
    ))?;
    let mut rows = statement.query(params![Unsigned(after), Unsigned(limit as u64)])?;
    let mut accounts = Vec::new();
    let mut last = after;
    while let Some(row) = rows.next()? {
        let entry = Entry::of(row)?;
        last = entry.id.cast_unsigned();
        accounts.push(PlannedAccount {
            address: row.get::<_, Bytes<_>>(7)?.0,
            before: Snapshot::of(row, 8)?,
            first: match row.get(11)? {
                true => Some(Snapshot::of(row, 12)?),
                false => None,
            },
            state: entry.state,
        });
    }
    Ok((accounts, last))
}

pub fn addresses_page(
    connection: &Connection,
    condition: &str,
    after: u64,
    limit: usize,
) -> Result<(Vec<Pubkey>, u64), Problem> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT id, address FROM account WHERE ({condition}) AND id > ? ORDER BY id LIMIT ?"
    ))?;
    let mut rows = statement.query(params![Unsigned(after), Unsigned(limit as u64)])?;
    let mut accounts = Vec::new();
    let mut last = after;
    while let Some(row) = rows.next()? {
        last = row.get::<_, Unsigned>(0)?.0;
        accounts.push(row.get::<_, Bytes<_>>(1)?.0);
    }
    Ok((accounts, last))
}
