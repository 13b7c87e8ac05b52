//! Which accounts the runs migrate.

use {
    super::{Journal, JournalError, Snapshot, pages::addresses_page, value::Bytes},
    rusqlite::OptionalExtension,
    solana_pubkey::Pubkey,
};

impl Journal {
    /// Whether the runs keep to the plan. Only the first call counts.
    pub fn record_planned_only(&mut self, planned_only: bool) -> Result<(), JournalError> {
        self.change(|connection, _| {
            connection.execute(
                "INSERT INTO scope (id, planned_only) VALUES (1, ?) ON CONFLICT DO NOTHING",
                [planned_only],
            )?;
            Ok(())
        })
    }

    /// `None` before the first run.
    pub fn planned_only(&self) -> Result<Option<bool>, JournalError> {
        self.read(|connection| {
            let planned_only =
                connection.query_row("SELECT planned_only FROM scope", [], |row| row.get(0));
            Ok(planned_only.optional()?)
        })
    }

    /// What the plan has of each account for which no attempt of this journal landed yet; `None` for all
    /// others.
    pub fn outstanding(&self, addresses: &[Pubkey]) -> Result<Vec<Option<Snapshot>>, JournalError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT planned.slot, planned.lamports, planned.data
                 FROM account JOIN planned ON planned.account = account.id
                 WHERE account.address = ?
                 AND (account.state != 'migrated' OR account.signature IS NULL)",
            )?;
            let mut snapshot = |address: &Pubkey| {
                let found = statement.query_row([Bytes(*address)], |row| Snapshot::of(row, 0));
                Ok(found.optional()?)
            };
            addresses.iter().map(&mut snapshot).collect()
        })
    }

    /// At most `limit` accounts behind `after` that need nothing, as it seemed, without an attempt of this
    /// journal; and where the next ones begin.
    pub fn done_by_others(
        &self,
        after: u64,
        limit: usize,
    ) -> Result<(Vec<Pubkey>, u64), JournalError> {
        self.read(|connection| {
            let seemed_done = "state = 'gone' OR (state = 'migrated' AND signature IS NULL)";
            addresses_page(connection, seemed_done, after, limit)
        })
    }
}
