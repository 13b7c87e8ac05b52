//! What a journal is for.

use {
    super::{
        Problem,
        value::{Bytes, Unsigned, damaged},
    },
    crate::{direction::Direction, shard::Shard},
    rusqlite::{Connection, params},
    solana_hash::Hash,
    solana_pubkey::Pubkey,
};

/// What a journal was planned for. It serves nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    pub program_id: Pubkey,
    pub direction: Direction,
    /// Names of the account types.
    pub from: String,
    pub to: String,
    /// Which cluster.
    pub genesis_hash: Hash,
    /// SHA-256 of the manifest and the IDL.
    pub manifest_digest: [u8; 32],
    pub shard: Shard,
    pub authority: Pubkey,
    pub payer: Pubkey,
    pub planned_slot: u64,
    pub lamports_per_byte: u64,
    pub program_deploy_slot: u64,
}

impl Header {
    pub(super) fn insert(&self, connection: &Connection) -> Result<(), Problem> {
        connection.execute(
            "INSERT INTO header (id, program_id, direction, from_type, to_type, genesis_hash, manifest_digest,
                shard, authority, payer, planned_slot, lamports_per_byte, program_deploy_slot)
             VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                Bytes(self.program_id),
                direction_name(self.direction),
                self.from,
                self.to,
                Bytes(self.genesis_hash),
                Bytes(self.manifest_digest),
                self.shard.to_string(),
                Bytes(self.authority),
                Bytes(self.payer),
                Unsigned(self.planned_slot),
                Unsigned(self.lamports_per_byte),
                Unsigned(self.program_deploy_slot),
            ],
        )?;
        Ok(())
    }

    pub(super) fn select(connection: &Connection) -> Result<Self, Problem> {
        let query = "SELECT program_id, direction, from_type, to_type, genesis_hash, manifest_digest, shard,
            authority, payer, planned_slot, lamports_per_byte, program_deploy_slot FROM header";
        let mut statement = connection.prepare(query)?;
        let mut rows = statement.query([])?;
        let row = rows.next()?.ok_or_else(|| damaged("it has no header"))?;
        let direction: String = row.get(1)?;
        let shard: String = row.get(6)?;
        Ok(Self {
            program_id: row.get::<_, Bytes<_>>(0)?.0,
            direction: [Direction::Migrate, Direction::Rollback]
                .into_iter()
                .find(|known| direction_name(*known) == direction)
                .ok_or_else(|| damaged(format!("its direction is `{direction}`")))?,
            from: row.get(2)?,
            to: row.get(3)?,
            genesis_hash: row.get::<_, Bytes<_>>(4)?.0,
            manifest_digest: row.get::<_, Bytes<_>>(5)?.0,
            shard: shard.parse().map_err(damaged)?,
            authority: row.get::<_, Bytes<_>>(7)?.0,
            payer: row.get::<_, Bytes<_>>(8)?.0,
            planned_slot: row.get::<_, Unsigned>(9)?.0,
            lamports_per_byte: row.get::<_, Unsigned>(10)?.0,
            program_deploy_slot: row.get::<_, Unsigned>(11)?.0,
        })
    }
}

fn direction_name(direction: Direction) -> &'static str {
    match direction {
        Direction::Migrate => "migrate",
        Direction::Rollback => "rollback",
    }
}
