use anchor_lang::prelude::*;

/// First seed of a config's address: `["config", predecessor]`.
#[constant]
pub const CONFIG_SEED: &[u8] = b"config";

/// The program whose configs live on here: `programs/app`.
#[constant]
pub const OLD_PROGRAM_ID: Pubkey = pubkey!("6kKWMmNckGur5mgBxGHDXTGcNe4XCqMcot4KAXJMcF1s");

/// The program that hands them over: `programs/migrator`.
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
