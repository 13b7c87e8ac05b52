//! The accounts of the fleet: as they were found, and where each is.

use {
    super::{
        Journal, JournalError, Problem, Snapshot, State, Totals,
        pages::addresses_page,
        rent::pay,
        snapshot::{self, SNAPSHOT_COLUMNS},
        state::Entry,
        value::Bytes,
    },
    crate::cluster::At,
    rusqlite::Connection,
    solana_account::Account,
    solana_pubkey::Pubkey,
    solana_signature::Signature,
};

/// Accounts as they were in a slot.
pub type Listed = At<Vec<(Pubkey, Account)>>;

impl Journal {
    /// Takes in accounts as the parts of a listing have them; those that are new. They are pending.
    ///
    /// A later listing replaces the snapshot of an account that was never part of an attempt.
    pub fn add_planned<'a>(
        &mut self,
        parts: &'a [Listed],
    ) -> Result<Vec<&'a (Pubkey, Account)>, JournalError> {
        if parts.iter().all(|part| part.value.is_empty()) {
            return Ok(Vec::new());
        }
        self.change(|connection, totals| {
            let mut new = Vec::new();
            for At { slot, value } in parts {
                for listed in value {
                    let (address, account) = listed;
                    match Entry::find(connection, address)? {
                        None => {
                            let id = insert(connection, address)?;
                            snapshot::plan(connection, id, account, *slot)?;
                            new.push(listed);
                        }
                        Some(entry) if entry.attempts == 0 && entry.state == State::Pending => {
                            snapshot::plan_again(connection, entry.id, account, *slot)?;
                        }
                        Some(_) => {}
                    }
                }
            }
            totals.planned += new.len() as u64;
            totals.pending += new.len() as u64;
            Ok(new)
        })
    }

    /// The accounts as they were read in `slot`, just before their attempt. They are pending.
    pub fn observed(
        &mut self,
        accounts: &[(Pubkey, Account)],
        slot: u64,
    ) -> Result<(), JournalError> {
        let changed = self.read(|connection| {
            let mut changed = Vec::new();
            let mut statement = connection.prepare_cached(&format!(
                "SELECT account.id, account.state = 'pending', {SNAPSHOT_COLUMNS}
                 FROM account JOIN planned ON planned.account = account.id
                 LEFT JOIN latest ON latest.account = account.id WHERE account.address = ?"
            ))?;
            for (address, account) in accounts {
                let mut rows = statement.query([Bytes(*address)])?;
                let row = rows.next()?.ok_or(Problem::UnknownAccount(*address))?;
                if !row.get::<_, bool>(1)? {
                    return Err(Problem::NotPending(*address));
                }
                if !Snapshot::of(row, 2)?.shows(account) {
                    changed.push((row.get(0)?, account));
                }
            }
            Ok(changed)
        })?;
        if changed.is_empty() {
            return Ok(());
        }
        self.change(|connection, _| {
            for (id, account) in changed {
                snapshot::observe(connection, id, account, slot)?;
            }
            Ok(())
        })
    }

    /// At most `limit` pending accounts behind `after`, which is 0 at first, and where the next ones
    /// begin.
    pub fn pending(&self, after: u64, limit: usize) -> Result<(Vec<Pubkey>, u64), JournalError> {
        self.read(|connection| addresses_page(connection, "state = 'pending'", after, limit))
    }

    /// `None` for an account that the journal does not have.
    pub fn states(&self, addresses: &[Pubkey]) -> Result<Vec<Option<State>>, JournalError> {
        self.read(|connection| {
            let state = |address| Ok(Entry::find(connection, address)?.map(|entry| entry.state));
            addresses.iter().map(state).collect()
        })
    }

    /// How many attempts named the account.
    pub fn attempts_of(&self, address: &Pubkey) -> Result<u32, JournalError> {
        self.read(|connection| Ok(Entry::get(connection, address)?.attempts))
    }

    /// What was found out about accounts that are not in flight.
    pub fn set_states(&mut self, states: &[(Pubkey, State)]) -> Result<(), JournalError> {
        if states.is_empty() {
            return Ok(());
        }
        self.change(|connection, totals| {
            for (address, state) in states {
                set_state(connection, totals, address, state, None)?;
            }
            Ok(())
        })
    }

    /// Makes the quarantined accounts pending; how many there were.
    pub fn requeue_quarantined(&mut self) -> Result<usize, JournalError> {
        self.change(|connection, totals| {
            let count = connection.execute(
                "UPDATE account SET state = 'pending', reason = NULL WHERE state = 'quarantined'",
                [],
            )?;
            totals.quarantined -= count as u64;
            totals.pending += count as u64;
            Ok(count)
        })
    }
}

/// Only the attempt `by` that an account is in flight with may change its state.
pub fn set_state(
    connection: &Connection,
    totals: &mut Totals,
    address: &Pubkey,
    state: &State,
    by: Option<Signature>,
) -> Result<(), Problem> {
    if *state == State::InFlight {
        return Err(Problem::NoAttempt(*address));
    }
    let mut entry = Entry::get(connection, address)?;
    if entry.open_attempt.is_some() && entry.open_attempt != by {
        return Err(Problem::InFlight(*address));
    }
    if let State::Migrated {
        signature: Some(signature),
        top_up,
        ..
    } = state
    {
        pay(connection, totals, signature, address, *top_up)?;
    }
    totals.leave(&entry);
    entry.state = state.clone();
    entry.open_attempt = None;
    entry.update(connection)?;
    totals.enter(&entry);
    Ok(())
}

fn insert(connection: &Connection, address: &Pubkey) -> Result<i64, Problem> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO account (address, state, attempts, top_up) VALUES (?, 'pending', 0, 0)",
    )?;
    Ok(statement.insert([Bytes(*address)])?)
}
