//! The journal in numbers.

use {
    super::{
        Outcome, Problem, State,
        attempts::{RECORD_COLUMNS, Record},
        state::{ENTRY_COLUMNS, Entry},
        value::{Unsigned, damaged},
    },
    rusqlite::Connection,
};

/// Accounts, transactions, and lamports of a journal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Accounts, whatever their state.
    pub planned: u64,
    pub pending: u64,
    pub in_flight: u64,
    /// Accounts that an attempt of this journal migrated.
    pub migrated: u64,
    /// Accounts that someone else migrated.
    pub by_others: u64,
    /// Closed, or owned by another program.
    pub closed: u64,
    pub quarantined: u64,
    /// Transactions that can still land.
    pub open: u64,
    /// Transactions that landed and did what they were to do.
    pub landed: u64,
    /// Transactions that landed with an error.
    pub failed: u64,
    /// Transactions that can no longer land.
    pub expired: u64,
    pub not_sent: u64,
    /// Lamports of the transactions that landed, with or without an error.
    pub fees: u64,
    /// Lamports of rent that attempts of this journal added to accounts.
    pub top_up: u64,
    /// The most lamports that the open transactions can cost.
    pub reserved: u64,
}

impl Totals {
    pub(super) fn enter(&mut self, entry: &Entry) {
        *self.accounts(&entry.state) += 1;
    }

    pub(super) fn leave(&mut self, entry: &Entry) {
        *self.accounts(&entry.state) -= 1;
    }

    fn accounts(&mut self, state: &State) -> &mut u64 {
        match state {
            State::Pending => &mut self.pending,
            State::InFlight => &mut self.in_flight,
            State::Migrated {
                signature: Some(_), ..
            } => &mut self.migrated,
            State::Migrated {
                signature: None, ..
            } => &mut self.by_others,
            State::Closed { .. } => &mut self.closed,
            State::Quarantined { .. } => &mut self.quarantined,
        }
    }

    pub(super) fn enter_attempt(&mut self, record: &Record) {
        *self.transactions(record) += 1;
        self.fees = self.fees.saturating_add(record.paid());
        self.reserved = self.reserved.saturating_add(record.reserved());
    }

    pub(super) fn leave_attempt(&mut self, record: &Record) {
        *self.transactions(record) -= 1;
        self.fees = self.fees.saturating_sub(record.paid());
        self.reserved = self.reserved.saturating_sub(record.reserved());
    }

    fn transactions(&mut self, record: &Record) -> &mut u64 {
        match record.outcome {
            None => &mut self.open,
            Some(Outcome::Landed { error: None, .. }) => &mut self.landed,
            Some(Outcome::Landed { error: Some(_), .. }) => &mut self.failed,
            Some(Outcome::Expired) => &mut self.expired,
            Some(Outcome::NotSent { .. }) => &mut self.not_sent,
        }
    }
}

/// Counts all, and notices rows that are missing: each table must fit the others.
pub fn count(connection: &Connection) -> Result<Totals, Problem> {
    let mut totals = Totals::default();
    let mut statement = connection.prepare(&format!("SELECT {ENTRY_COLUMNS} FROM account"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        totals.planned += 1;
        totals.enter(&Entry::of(row)?);
    }
    let mut statement = connection.prepare(&format!("SELECT {RECORD_COLUMNS} FROM attempt"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        totals.enter_attempt(&Record::of(row)?);
    }
    let mut statement = connection.prepare("SELECT top_up FROM attempt_account")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        totals.top_up = totals.top_up.saturating_add(row.get::<_, Unsigned>(0)?.0);
    }
    let number = |query| connection.query_row(query, [], |row| row.get::<_, i64>(0));
    let snapshots =
        number("SELECT count(*) FROM planned JOIN account ON account.id = planned.account")?;
    if snapshots.cast_unsigned() != totals.planned {
        return Err(damaged("an account lacks its snapshot"));
    }
    let taken = number(
        "SELECT count(*) FROM attempt JOIN attempt_account ON attempt_account.attempt = attempt.id
         WHERE attempt.outcome IS NULL",
    )?;
    let in_flight = number(
        "SELECT count(*) FROM attempt JOIN attempt_account ON attempt_account.attempt = attempt.id
         JOIN account ON account.id = attempt_account.account
         WHERE attempt.outcome IS NULL AND account.state = 'in_flight' AND account.signature = attempt.signature",
    )?;
    if in_flight != taken || in_flight.cast_unsigned() != totals.in_flight {
        return Err(damaged(
            "its open attempts and its accounts in flight differ",
        ));
    }
    Ok(totals)
}
