//! What the payer had at first.

use {
    super::{Journal, JournalError, value::Unsigned},
    crate::cluster::At,
    rusqlite::{OptionalExtension, params},
};

impl Journal {
    /// Lamports of the payer at `finalized` before the first attempt. Only the first call counts.
    pub fn record_payer_balance(&mut self, balance: At<u64>) -> Result<(), JournalError> {
        self.change(|connection, _| {
            connection.execute(
                "INSERT INTO payer_balance (id, slot, lamports) VALUES (1, ?, ?) ON CONFLICT DO NOTHING",
                params![Unsigned(balance.slot), Unsigned(balance.value)],
            )?;
            Ok(())
        })
    }

    /// What was recorded first.
    pub fn payer_balance(&self) -> Result<Option<At<u64>>, JournalError> {
        self.read(|connection| {
            let balance =
                connection.query_row("SELECT slot, lamports FROM payer_balance", [], |row| {
                    Ok(At {
                        slot: row.get::<_, Unsigned>(0)?.0,
                        value: row.get::<_, Unsigned>(1)?.0,
                    })
                });
            Ok(balance.optional()?)
        })
    }
}
