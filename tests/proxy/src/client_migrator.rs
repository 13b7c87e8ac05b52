//! A Rust client of the migration program.

use {
    anchor_lang::{InstructionData, ToAccountMetas, solana_program::system_program},
    app::constants::CONFIG_SEED,
    migrator::{constants::MIGRATION_AUTHORITY, instructions::MigrateAccountArgs},
    successor::state::SuccessorConfig,
    svm_harness::{Instruction, Pubkey},
};

/// `migrate_account` of whatever the authority's config holds, whatever it costs. The payer receives its
/// lamports.
pub fn migrate_account(authority: &Pubkey, payer: &Pubkey) -> Instruction {
    migrate_account_to(authority, payer, payer, None)
}

/// The SHA-256 of a config's data, its discriminator included.
pub fn data_hash(data: &[u8]) -> [u8; 32] {
    solana_sha256_hasher::hash(data).to_bytes()
}

/// `migrate_account` with a recipient of the old config's lamports, and the [`data_hash`] of what the
/// old config must hold.
pub fn migrate_account_to(
    authority: &Pubkey,
    payer: &Pubkey,
    recipient: &Pubkey,
    expected_hash: Option<[u8; 32]>,
) -> Instruction {
    migrate_account_paying(authority, payer, recipient, expected_hash, u64::MAX)
}

/// [`migrate_account_to`] with the most lamports that the payer pays.
pub fn migrate_account_paying(
    authority: &Pubkey,
    payer: &Pubkey,
    recipient: &Pubkey,
    expected_hash: Option<[u8; 32]>,
    max_payment: u64,
) -> Instruction {
    let (old_config, old_bump) =
        Pubkey::find_program_address(&[CONFIG_SEED, authority.as_ref()], &app::ID);
    Instruction {
        program_id: migrator::ID,
        accounts: migrator::accounts::MigrateAccount {
            old_config,
            new_config: SuccessorConfig::find_address(&old_config).0,
            authority: *authority,
            payer: *payer,
            recipient: *recipient,
            migration_authority: MIGRATION_AUTHORITY,
            app_program: app::ID,
            successor_program: successor::ID,
            system_program: system_program::ID,
        }
        .to_account_metas(None),
        data: migrator::instruction::MigrateAccount {
            args: MigrateAccountArgs {
                old_bump,
                expected_hash,
                max_payment,
            },
        }
        .data(),
    }
}
