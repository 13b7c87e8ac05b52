//! Each hole of Anchor 1.2's own `Migration`, shown on the fixture program `migration-lab`, next to
//! what `account_migration` does there. Holes that do not compile are in
//! `crates/account-migration/tests/contracts`.

mod baseline;
mod forms;
mod growth;
mod idl;
mod lamports;
mod loading;
mod misuse;
mod stale_bytes;
mod twice;
