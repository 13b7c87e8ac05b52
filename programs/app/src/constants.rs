use anchor_lang::{prelude::*, solana_program::bpf_loader_upgradeable};

/// First seed of a config's address: `["config", authority]`.
#[constant]
pub const CONFIG_SEED: &[u8] = b"config";

/// The most operators a config can have.
#[constant]
pub const MAX_OPERATORS: u8 = 16;

/// The program that hands configs over to another owner program: `programs/migrator`.
#[constant]
pub const MIGRATOR_ID: Pubkey = pubkey!("BNRPbNyECy1CEB6q2Bir4ix2BNPxhSjwdNfQUrhYT4U1");

/// The account by whose signature the migrator proves itself: its address derived from
/// `["migration_authority"]`.
pub const MIGRATION_AUTHORITY: Pubkey = Pubkey::new_from_array(
    const_crypto::ed25519::derive_program_address(
        &[b"migration_authority"],
        &MIGRATOR_ID.to_bytes(),
    )
    .0,
);

/// The account in which the upgradeable loader keeps this program's upgrade authority.
pub const PROGRAM_DATA_ADDRESS: Pubkey = Pubkey::new_from_array(
    const_crypto::ed25519::derive_program_address(
        &[&crate::ID.to_bytes()],
        &bpf_loader_upgradeable::ID.to_bytes(),
    )
    .0,
);
