//! What the journal knows of one account.

use {
    super::{
        Problem,
        value::{Bytes, Unsigned, damaged},
    },
    rusqlite::{Connection, OptionalExtension, Row, params},
    solana_pubkey::Pubkey,
    solana_signature::Signature,
};

/// Where an account is on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// In the old layout when it was last seen.
    Pending,
    /// Part of a transaction that can still land.
    InFlight,
    /// In the new layout at `finalized`.
    Migrated {
        /// Of the attempt that did it; `None`: someone else did.
        signature: Option<Signature>,
        /// Lamports of rent that were added.
        top_up: u64,
        lamports_after: u64,
    },
    /// Closed, or owned by another program.
    Closed { reason: String },
    /// It cannot be migrated as it is.
    Quarantined { reason: String },
}

/// The states' names in the file, which journals that exist hold: [`State::Closed`] keeps its first one.
mod name {
    pub const PENDING: &str = "pending";
    pub const IN_FLIGHT: &str = "in_flight";
    pub const MIGRATED: &str = "migrated";
    pub const CLOSED: &str = "gone";
    pub const QUARANTINED: &str = "quarantined";
}

/// A row of the table `account`, beside the address.
pub struct Entry {
    pub id: i64,
    pub state: State,
    /// The open attempt of an account in flight.
    pub open_attempt: Option<Signature>,
    pub attempts: u32,
}

pub const ENTRY_COLUMNS: &str = "id, state, signature, top_up, lamports_after, reason, attempts";

impl Entry {
    /// Of a row that begins with [`ENTRY_COLUMNS`].
    pub fn of(row: &Row) -> Result<Self, Problem> {
        let signature = row
            .get::<_, Option<Bytes<Signature>>>(2)?
            .map(|bytes| bytes.0);
        let reason = || row.get(5);
        let mut open_attempt = None;
        let state = match row.get_ref(1)?.as_str().map_err(damaged)? {
            name::PENDING => State::Pending,
            name::IN_FLIGHT => {
                open_attempt = signature;
                State::InFlight
            }
            name::MIGRATED => State::Migrated {
                signature,
                top_up: row.get::<_, Unsigned>(3)?.0,
                lamports_after: row.get::<_, Unsigned>(4)?.0,
            },
            name::CLOSED => State::Closed { reason: reason()? },
            name::QUARANTINED => State::Quarantined { reason: reason()? },
            other => return Err(damaged(format!("an account has the state `{other}`"))),
        };
        Ok(Self {
            id: row.get(0)?,
            state,
            open_attempt,
            attempts: row.get(6)?,
        })
    }

    pub fn find(connection: &Connection, address: &Pubkey) -> Result<Option<Self>, Problem> {
        let query = format!("SELECT {ENTRY_COLUMNS} FROM account WHERE address = ?");
        let mut statement = connection.prepare_cached(&query)?;
        let found = statement
            .query_row([Bytes(*address)], |row| Ok(Self::of(row)))
            .optional()?;
        found.transpose()
    }

    pub fn get(connection: &Connection, address: &Pubkey) -> Result<Self, Problem> {
        Self::find(connection, address)?.ok_or(Problem::UnknownAccount(*address))
    }

    pub fn update(&self, connection: &Connection) -> Result<(), Problem> {
        let mut signature = self.open_attempt;
        let mut top_up = 0;
        let mut after = None;
        let mut why = None;
        let name = match &self.state {
            State::Pending => name::PENDING,
            State::InFlight => name::IN_FLIGHT,
            State::Migrated {
                signature: migrated_by,
                top_up: added,
                lamports_after,
            } => {
                signature = *migrated_by;
                top_up = *added;
                after = Some(Unsigned(*lamports_after));
                name::MIGRATED
            }
            State::Closed { reason } => {
                why = Some(reason);
                name::CLOSED
            }
            State::Quarantined { reason } => {
                why = Some(reason);
                name::QUARANTINED
            }
        };
        let mut statement = connection.prepare_cached(
            "UPDATE account SET state = ?2, signature = ?3, top_up = ?4, lamports_after = ?5,
                reason = ?6, attempts = ?7 WHERE id = ?1",
        )?;
        statement.execute(params![
            self.id,
            name,
            signature.map(Bytes),
            Unsigned(top_up),
            after,
            why,
            self.attempts,
        ])?;
        Ok(())
    }
}
