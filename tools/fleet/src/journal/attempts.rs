//! Transactions, written before they are sent.

use {
    super::{
        Journal, JournalError, Problem, State,
        accounts::set_state,
        rent::pay,
        state::Entry,
        value::{Bytes, Unsigned, damaged},
    },
    rusqlite::{Connection, OptionalExtension, Row, params},
    solana_pubkey::Pubkey,
    solana_signature::Signature,
    solana_transaction::versioned::VersionedTransaction,
};

/// A transaction that can land once it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub signature: Signature,
    /// As it is sent, signed.
    pub transaction: VersionedTransaction,
    pub last_valid_block_height: u64,
    /// Lamports.
    pub fee: u64,
    /// The most lamports of rent that it may pay.
    pub max_top_up: u64,
    pub compute_unit_limit: u32,
    /// Its accounts, each with the lamports of rent that it lacked when the transaction was signed.
    pub accounts: Vec<(Pubkey, u64)>,
}

/// An attempt that ended, how, and what its accounts are now.
pub type Finished = (Signature, Outcome, Vec<(Pubkey, State)>);

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Finalized, and its fee paid.
    Landed { slot: u64, error: Option<String> },
    /// Its blockhash expired before it landed.
    Expired,
    /// The node did not send it.
    NotSent { reason: String },
}

impl Attempt {
    /// The rent that the accounts lack is the most that it may pay.
    pub fn new(
        transaction: VersionedTransaction,
        last_valid_block_height: u64,
        fee: u64,
        compute_unit_limit: u32,
        accounts: Vec<(Pubkey, u64)>,
    ) -> Self {
        Self {
            signature: transaction.signatures.first().copied().unwrap_or_default(),
            transaction,
            last_valid_block_height,
            fee,
            max_top_up: accounts
                .iter()
                .fold(0, |sum, (_, top_up)| sum.saturating_add(*top_up)),
            compute_unit_limit,
            accounts,
        }
    }

    /// Lamports.
    pub fn most_lamports(&self) -> u64 {
        self.fee.saturating_add(self.max_top_up)
    }

    pub fn addresses(&self) -> impl Iterator<Item = Pubkey> {
        self.accounts.iter().map(|(address, _)| *address)
    }

    /// What its accounts are once it can no longer land and did not.
    pub fn pending(&self) -> Vec<(Pubkey, State)> {
        self.addresses()
            .map(|address| (address, State::Pending))
            .collect()
    }
}

/// A row of the table `attempt`: what it counts for.
pub struct Record {
    pub id: i64,
    /// `None`: open.
    pub outcome: Option<Outcome>,
    pub fee: u64,
    pub max_top_up: u64,
}

/// The name of [`Outcome::Expired`] in the file: its first one, which journals that exist hold.
const EXPIRED: &str = "dead";

pub const RECORD_COLUMNS: &str = "id, outcome, slot, reason, fee, max_top_up";

impl Record {
    /// Of a row that begins with [`RECORD_COLUMNS`].
    pub fn of(row: &Row) -> Result<Self, Problem> {
        let slot = || row.get(2).map(|Unsigned(slot)| slot);
        let name: Option<String> = row.get(1)?;
        let outcome = match name.as_deref() {
            None => None,
            Some("landed") => Some(Outcome::Landed {
                slot: slot()?,
                error: None,
            }),
            Some("failed") => Some(Outcome::Landed {
                slot: slot()?,
                error: Some(row.get(3)?),
            }),
            Some(EXPIRED) => Some(Outcome::Expired),
            Some("not_sent") => Some(Outcome::NotSent {
                reason: row.get(3)?,
            }),
            Some(other) => return Err(damaged(format!("an attempt has the outcome `{other}`"))),
        };
        Ok(Self {
            id: row.get(0)?,
            outcome,
            fee: row.get::<_, Unsigned>(4)?.0,
            max_top_up: row.get::<_, Unsigned>(5)?.0,
        })
    }

    fn find(connection: &Connection, signature: &Signature) -> Result<Option<Self>, Problem> {
        let query = format!("SELECT {RECORD_COLUMNS} FROM attempt WHERE signature = ?");
        let mut statement = connection.prepare_cached(&query)?;
        let found = statement
            .query_row([Bytes(*signature)], |row| Ok(Self::of(row)))
            .optional()?;
        found.transpose()
    }

    fn get(connection: &Connection, signature: &Signature) -> Result<Self, Problem> {
        Self::find(connection, signature)?.ok_or(Problem::UnknownAttempt(*signature))
    }

    /// Lamports of its fee.
    pub fn paid(&self) -> u64 {
        match self.outcome {
            Some(Outcome::Landed { .. }) => self.fee,
            _ => 0,
        }
    }

    /// The most lamports that it can still cost.
    pub fn reserved(&self) -> u64 {
        match self.outcome {
            None => self.fee.saturating_add(self.max_top_up),
            Some(_) => 0,
        }
    }

    /// A new, open attempt, without its accounts.
    fn insert(connection: &Connection, attempt: &Attempt) -> Result<Self, Problem> {
        let mut statement = connection.prepare_cached(
            "INSERT INTO attempt (signature, bytes, last_valid_block_height, fee, max_top_up, compute_unit_limit)
             VALUES (?, ?, ?, ?, ?, ?)",
        )?;
        let bytes = wincode::serialize(&attempt.transaction)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        let id = statement.insert(params![
            Bytes(attempt.signature),
            bytes,
            Unsigned(attempt.last_valid_block_height),
            Unsigned(attempt.fee),
            Unsigned(attempt.max_top_up),
            attempt.compute_unit_limit,
        ])?;
        Ok(Self {
            id,
            outcome: None,
            fee: attempt.fee,
            max_top_up: attempt.max_top_up,
        })
    }

    fn insert_account(
        &self,
        connection: &Connection,
        position: usize,
        account: i64,
        expected_top_up: u64,
    ) -> Result<(), Problem> {
        let mut statement = connection.prepare_cached(
            "INSERT INTO attempt_account (attempt, account, position, expected_top_up, top_up)
             VALUES (?, ?, ?, ?, 0) ON CONFLICT DO NOTHING",
        )?;
        let position = Unsigned(position as u64);
        statement.execute(params![
            self.id,
            account,
            position,
            Unsigned(expected_top_up)
        ])?;
        Ok(())
    }

    /// The accounts that are in flight by this attempt.
    fn left_in_flight(
        &self,
        connection: &Connection,
        signature: &Signature,
    ) -> Result<Vec<Pubkey>, Problem> {
        let mut statement = connection.prepare_cached(
            "SELECT account.address FROM attempt_account JOIN account ON account.id = attempt_account.account
             WHERE attempt_account.attempt = ? AND account.state = 'in_flight' AND account.signature = ?",
        )?;
        let rows = statement.query_map(params![self.id, Bytes(*signature)], |row| {
            row.get(0).map(|Bytes(address)| address)
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn update(&self, connection: &Connection) -> Result<(), Problem> {
        let (name, slot, reason) = match &self.outcome {
            None => (None, None, None),
            Some(Outcome::Landed { slot, error: None }) => (Some("landed"), Some(*slot), None),
            Some(Outcome::Landed {
                slot,
                error: Some(error),
            }) => (Some("failed"), Some(*slot), Some(error)),
            Some(Outcome::Expired) => (Some(EXPIRED), None, None),
            Some(Outcome::NotSent { reason }) => (Some("not_sent"), None, Some(reason)),
        };
        let mut statement = connection.prepare_cached(
            "UPDATE attempt SET outcome = ?2, slot = ?3, reason = ?4, fee = ?5 WHERE id = ?1",
        )?;
        let slot = slot.map(Unsigned);
        statement.execute(params![self.id, name, slot, reason, Unsigned(self.fee)])?;
        Ok(())
    }
}

impl Journal {
    /// Writes the attempts down, before their transactions are sent. Their accounts were pending.
    ///
    /// An attempt that was not sent may begin again.
    pub fn begin_attempts(&mut self, attempts: &[Attempt]) -> Result<(), JournalError> {
        if attempts.is_empty() {
            return Ok(());
        }
        self.change(|connection, totals| {
            for attempt in attempts {
                let record = match Record::find(connection, &attempt.signature)? {
                    None => Record::insert(connection, attempt)?,
                    Some(mut record) => {
                        if !matches!(record.outcome, Some(Outcome::NotSent { .. })) {
                            return Err(Problem::AttemptedBefore(attempt.signature));
                        }
                        totals.leave_attempt(&record);
                        record.outcome = None;
                        record.update(connection)?;
                        record
                    }
                };
                totals.enter_attempt(&record);
                for (position, (address, top_up)) in attempt.accounts.iter().enumerate() {
                    let mut entry = Entry::get(connection, address)?;
                    if entry.state != State::Pending {
                        return Err(Problem::NotPending(*address));
                    }
                    totals.leave(&entry);
                    entry.state = State::InFlight;
                    entry.open_attempt = Some(attempt.signature);
                    entry.attempts += 1;
                    entry.update(connection)?;
                    totals.enter(&entry);
                    record.insert_account(connection, position, entry.id, *top_up)?;
                }
            }
            Ok(())
        })
    }

    /// Writes down how each attempt ended and what its accounts are now. Accounts of an attempt that are
    /// not mentioned are pending again.
    ///
    /// An outcome replaces an earlier one of the same attempt, and costs are counted once.
    pub fn finish_attempts(&mut self, finished: &[Finished]) -> Result<(), JournalError> {
        if finished.is_empty() {
            return Ok(());
        }
        self.change(|connection, totals| {
            for (signature, outcome, states) in finished {
                let mut record = Record::get(connection, signature)?;
                totals.leave_attempt(&record);
                record.outcome = Some(outcome.clone());
                record.update(connection)?;
                totals.enter_attempt(&record);
                for (address, state) in states {
                    set_state(connection, totals, address, state, Some(*signature))?;
                }
                for address in record.left_in_flight(connection, signature)? {
                    set_state(
                        connection,
                        totals,
                        &address,
                        &State::Pending,
                        Some(*signature),
                    )?;
                }
            }
            Ok(())
        })
    }

    /// Attempts whose transactions can still land.
    pub fn open_attempts(&self) -> Result<Vec<Attempt>, JournalError> {
        self.read(|connection| {
            let mut statement = connection.prepare(
                "SELECT id, signature, bytes, last_valid_block_height, fee, max_top_up, compute_unit_limit
                 FROM attempt WHERE outcome IS NULL ORDER BY id",
            )?;
            let mut rows = statement.query([])?;
            let mut attempts = Vec::new();
            while let Some(row) = rows.next()? {
                attempts.push(Attempt {
                    signature: row.get::<_, Bytes<_>>(1)?.0,
                    transaction: wincode::deserialize_exact(row.get_ref(2)?.as_blob().map_err(damaged)?)
                        .map_err(damaged)?,
                    last_valid_block_height: row.get::<_, Unsigned>(3)?.0,
                    fee: row.get::<_, Unsigned>(4)?.0,
                    max_top_up: row.get::<_, Unsigned>(5)?.0,
                    compute_unit_limit: row.get(6)?,
                    accounts: accounts_of(connection, row.get(0)?, "expected_top_up")?,
                });
            }
            Ok(attempts)
        })
    }

    pub fn has_attempt(&self, signature: &Signature) -> Result<bool, JournalError> {
        self.read(|connection| Ok(Record::find(connection, signature)?.is_some()))
    }

    /// `None` when no attempt landed.
    pub fn last_landed_slot(&self) -> Result<Option<u64>, JournalError> {
        self.read(|connection| {
            let query = "SELECT max(slot) FROM attempt";
            let slot: Option<Unsigned> = connection.query_row(query, [], |row| row.get(0))?;
            Ok(slot.map(|slot| slot.0))
        })
    }

    /// The lamports that the ledger has of an attempt: its fee, and the rents that it added to accounts,
    /// whatever they are now.
    pub fn correct_costs(
        &mut self,
        signature: &Signature,
        fee: u64,
        top_ups: &[(Pubkey, u64)],
    ) -> Result<(), JournalError> {
        self.change(|connection, totals| {
            let mut record = Record::get(connection, signature)?;
            totals.leave_attempt(&record);
            record.fee = fee;
            record.update(connection)?;
            totals.enter_attempt(&record);
            for (address, top_up) in top_ups {
                pay(connection, totals, signature, address, *top_up)?;
                let mut entry = Entry::get(connection, address)?;
                if let State::Migrated {
                    signature: Some(migrated_by),
                    top_up: added,
                    ..
                } = &mut entry.state
                    && migrated_by == signature
                {
                    *added = *top_up;
                    entry.update(connection)?;
                }
            }
            Ok(())
        })
    }
}

/// The accounts of an attempt in their order, each with one of its two rents.
pub fn accounts_of(
    connection: &Connection,
    attempt: i64,
    rent: &str,
) -> Result<Vec<(Pubkey, u64)>, Problem> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT account.address, attempt_account.{rent}
         FROM attempt_account JOIN account ON account.id = attempt_account.account
         WHERE attempt_account.attempt = ? ORDER BY attempt_account.position"
    ))?;
    let rows = statement.query_map([attempt], |row| {
        Ok((row.get::<_, Bytes<_>>(0)?.0, row.get::<_, Unsigned>(1)?.0))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
