//! The audit of a fleet: a SQLite file with every account, what was sent for it, and what that cost.
//!
//! An attempt is written before its transaction is sent, and an account has at most one attempt that is
//! open. So whenever the command is killed, the journal names every transaction that can still land.
//!
//! A change is whole and on disk when its method returns, or it did not happen. Committed changes are in
//! the file itself: SQLite's `-journal` beside it only undoes a change that was cut short, where a
//! write-ahead log would hold finished ones, and lose them silently when it is damaged or left behind.
//!
//! One command at a time has a journal open.

mod accounts;
mod attempts;
mod error;
mod file;
mod header;
mod pages;
mod payer;
mod rent;
mod scope;
mod snapshot;
mod state;
mod totals;
mod value;

#[cfg(test)]
mod tests;

pub use self::{
    accounts::Listed,
    attempts::{Attempt, Finished, Outcome},
    error::{JournalError, Problem},
    header::Header,
    pages::{EndedAttempt, PlannedAccount},
    snapshot::Snapshot,
    state::State,
    totals::Totals,
};

use {
    rusqlite::{Connection, Transaction, TransactionBehavior},
    std::path::{Path, PathBuf},
};

/// See the [module](self).
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    connection: Connection,
    header: Header,
    totals: Totals,
}

impl Journal {
    /// A new journal; the file must not exist.
    pub fn create(path: impl AsRef<Path>, header: &Header) -> Result<Self, JournalError> {
        let path = path.as_ref();
        let connection = file::create(path, header).map_err(|problem| problem.of(path))?;
        Ok(Self {
            path: path.to_owned(),
            connection,
            header: header.clone(),
            totals: Totals::default(),
        })
    }

    /// The journal at `path`, once all of it was read and found whole.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, JournalError> {
        let path = path.as_ref();
        let (connection, header, totals) = file::open(path).map_err(|problem| problem.of(path))?;
        Ok(Self {
            path: path.to_owned(),
            connection,
            header,
            totals,
        })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Kept in memory: costs nothing.
    pub fn totals(&self) -> Totals {
        self.totals
    }

    /// Whether an attempt was ever made.
    pub fn was_run(&self) -> bool {
        let Totals {
            open,
            landed,
            failed,
            expired,
            not_sent,
            ..
        } = self.totals;
        open + landed + failed + expired + not_sent > 0
    }

    /// Fails changes for which the file would have to grow beyond `bytes`, as a full disk does.
    pub fn limit_size(&mut self, bytes: u64) -> Result<(), JournalError> {
        self.read(|connection| file::limit_size(connection, bytes))
    }

    fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, Problem>,
    ) -> Result<T, JournalError> {
        read(&self.connection).map_err(|problem| problem.of(&self.path))
    }

    /// All that `change` does, or nothing of it.
    fn change<T>(
        &mut self,
        change: impl FnOnce(&Transaction, &mut Totals) -> Result<T, Problem>,
    ) -> Result<T, JournalError> {
        let mut totals = self.totals;
        let changed = || {
            let transaction = self
                .connection
                .transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = change(&transaction, &mut totals)?;
            transaction.commit()?;
            Ok(value)
        };
        let value = changed().map_err(|problem: Problem| problem.of(&self.path))?;
        self.totals = totals;
        Ok(value)
    }
}
