-- The journal of one direction of one migration. Numbers are unsigned 64-bit, stored as signed ones.
--
-- SQLite notices damage to its own structure. Damage to a value is noticed by the row's checksum, which
-- SQLite computes when it writes the row and `PRAGMA integrity_check` compares.
--
-- A journal is opened if its statements are these, comments and all: what is between CREATE and the semicolon
-- stays as it is. Hence 'gone' for a closed account and 'dead' for an expired transaction.

CREATE TABLE header (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    program_id BLOB NOT NULL,
    direction TEXT NOT NULL,
    from_type TEXT NOT NULL,
    to_type TEXT NOT NULL,
    genesis_hash BLOB NOT NULL,
    manifest_digest BLOB NOT NULL,
    shard TEXT NOT NULL,
    authority BLOB NOT NULL,
    payer BLOB NOT NULL,
    planned_slot INTEGER NOT NULL,
    lamports_per_byte INTEGER NOT NULL,
    program_deploy_slot INTEGER NOT NULL,
    checksum INTEGER NOT NULL AS (crc32(id, program_id, direction, from_type, to_type, genesis_hash,
        manifest_digest, shard, authority, payer, planned_slot, lamports_per_byte, program_deploy_slot)) STORED
        CHECK (checksum = crc32(id, program_id, direction, from_type, to_type, genesis_hash,
            manifest_digest, shard, authority, payer, planned_slot, lamports_per_byte, program_deploy_slot))
) STRICT;

-- What the payer had before the first transaction.
CREATE TABLE payer_balance (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    slot INTEGER NOT NULL,
    lamports INTEGER NOT NULL,
    checksum INTEGER NOT NULL AS (crc32(id, slot, lamports)) STORED
        CHECK (checksum = crc32(id, slot, lamports))
) STRICT;

CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    address BLOB NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('pending', 'in_flight', 'migrated', 'gone', 'quarantined')),
    -- How many attempts named the account.
    attempts INTEGER NOT NULL,
    -- Of the attempt that is open, or of the one that migrated the account; NULL when someone else did.
    signature BLOB,
    -- Lamports of rent that the migration added.
    top_up INTEGER NOT NULL,
    lamports_after INTEGER,
    reason TEXT,
    checksum INTEGER NOT NULL AS (crc32(id, address, state, attempts, signature, top_up,
        lamports_after, reason)) STORED
        CHECK (checksum = crc32(id, address, state, attempts, signature, top_up,
            lamports_after, reason))
) STRICT;

CREATE INDEX pending ON account (state) WHERE state = 'pending';
CREATE INDEX quarantined ON account (state) WHERE state = 'quarantined';

-- Each account as it was planned …
CREATE TABLE planned (
    account INTEGER PRIMARY KEY,
    slot INTEGER NOT NULL,
    lamports INTEGER NOT NULL,
    data BLOB NOT NULL,
    checksum INTEGER NOT NULL AS (crc32(account, slot, lamports, data)) STORED
        CHECK (checksum = crc32(account, slot, lamports, data))
) STRICT;

-- … and just before its last attempt, where that differs.
CREATE TABLE latest (
    account INTEGER PRIMARY KEY,
    slot INTEGER NOT NULL,
    lamports INTEGER NOT NULL,
    data BLOB NOT NULL,
    checksum INTEGER NOT NULL AS (crc32(account, slot, lamports, data)) STORED
        CHECK (checksum = crc32(account, slot, lamports, data))
) STRICT;

CREATE TABLE attempt (
    id INTEGER PRIMARY KEY,
    signature BLOB NOT NULL UNIQUE,
    -- NULL: open, it can still land. 'failed': it landed with an error. 'dead': it can no longer land.
    outcome TEXT CHECK (outcome IN ('landed', 'failed', 'dead', 'not_sent')),
    slot INTEGER,
    reason TEXT,
    last_valid_block_height INTEGER NOT NULL,
    fee INTEGER NOT NULL,
    max_top_up INTEGER NOT NULL,
    compute_unit_limit INTEGER NOT NULL,
    -- As it is sent: signed and serialized.
    bytes BLOB NOT NULL,
    checksum INTEGER NOT NULL AS (crc32(id, signature, outcome, slot, reason, last_valid_block_height, fee,
        max_top_up, compute_unit_limit, bytes)) STORED
        CHECK (checksum = crc32(id, signature, outcome, slot, reason, last_valid_block_height, fee,
            max_top_up, compute_unit_limit, bytes))
) STRICT;

CREATE INDEX open_attempt ON attempt (outcome) WHERE outcome IS NULL;

-- The accounts of an attempt; `position` is their order in its transaction.
CREATE TABLE attempt_account (
    attempt INTEGER NOT NULL,
    account INTEGER NOT NULL,
    position INTEGER NOT NULL,
    -- Lamports of rent that the account lacked when the transaction was signed.
    expected_top_up INTEGER NOT NULL,
    -- Lamports of rent that the transaction added.
    top_up INTEGER NOT NULL,
    checksum INTEGER NOT NULL AS (crc32(attempt, account, position, expected_top_up, top_up)) STORED
        CHECK (checksum = crc32(attempt, account, position, expected_top_up, top_up)),
    PRIMARY KEY (attempt, account)
) STRICT, WITHOUT ROWID;
