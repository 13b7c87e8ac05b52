//! Accounts as they were in the old layout.

use {
    super::{Problem, value::Unsigned},
    rusqlite::{Connection, Row, params},
    solana_account::Account,
};

/// An account as it was when its last attempt was made, or as it was planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    pub slot: u64,
    pub lamports: u64,
    pub data: Vec<u8>,
}

/// The newest snapshot's columns of a row of `planned LEFT JOIN latest`.
pub const SNAPSHOT_COLUMNS: &str = "coalesce(latest.slot, planned.slot), \
    coalesce(latest.lamports, planned.lamports), coalesce(latest.data, planned.data)";

impl Snapshot {
    /// Of a row that has `SNAPSHOT_COLUMNS` from the column `first` on.
    pub fn of(row: &Row, first: usize) -> rusqlite::Result<Self> {
        Ok(Self {
            slot: row.get::<_, Unsigned>(first)?.0,
            lamports: row.get::<_, Unsigned>(first + 1)?.0,
            data: row.get(first + 2)?,
        })
    }

    pub fn shows(&self, account: &Account) -> bool {
        self.lamports == account.lamports && self.data == account.data
    }
}

pub fn plan(connection: &Connection, id: i64, account: &Account, slot: u64) -> Result<(), Problem> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO planned (account, slot, lamports, data) VALUES (?, ?, ?, ?)",
    )?;
    let (slot, lamports) = (Unsigned(slot), Unsigned(account.lamports));
    statement.execute(params![id, slot, lamports, account.data])?;
    Ok(())
}

/// Replaces what is older.
pub fn plan_again(
    connection: &Connection,
    id: i64,
    account: &Account,
    slot: u64,
) -> Result<(), Problem> {
    let mut statement = connection.prepare_cached(
        "UPDATE planned SET slot = ?2, lamports = ?3, data = ?4 WHERE account = ?1 AND slot < ?2",
    )?;
    let (slot, lamports) = (Unsigned(slot), Unsigned(account.lamports));
    statement.execute(params![id, slot, lamports, account.data])?;
    let mut statement =
        connection.prepare_cached("DELETE FROM latest WHERE account = ? AND slot < ?")?;
    statement.execute(params![id, slot])?;
    Ok(())
}

pub fn observe(
    connection: &Connection,
    id: i64,
    account: &Account,
    slot: u64,
) -> Result<(), Problem> {
    let mut statement = connection.prepare_cached(
        "INSERT OR REPLACE INTO latest (account, slot, lamports, data) VALUES (?, ?, ?, ?)",
    )?;
    let (slot, lamports) = (Unsigned(slot), Unsigned(account.lamports));
    statement.execute(params![id, slot, lamports, account.data])?;
    Ok(())
}
