//! A Rust client of the program that takes configs over.

use {
    anchor_lang::{InstructionData, ToAccountMetas, solana_program::system_program},
    successor::{constants::MIGRATION_AUTHORITY, instructions::AdoptArgs, state::SuccessorConfig},
    svm_harness::{Instruction, Pubkey},
};

/// `update` of the config that had the address `predecessor` in the old program.
pub fn update(predecessor: &Pubkey, authority: &Pubkey, value: u64) -> Instruction {
    Instruction {
        program_id: successor::ID,
        accounts: successor::accounts::Update {
            config: SuccessorConfig::find_address(predecessor).0,
            authority: *authority,
        }
        .to_account_metas(None),
        data: successor::instruction::Update { value }.data(),
    }
}

/// `adopt` as the migration program calls it; nobody else has the migration authority's signature.
pub fn adopt(
    predecessor: &Pubkey,
    authority: &Pubkey,
    payer: &Pubkey,
    args: AdoptArgs,
) -> Instruction {
    Instruction {
        program_id: successor::ID,
        accounts: successor::accounts::Adopt {
            config: SuccessorConfig::find_address(predecessor).0,
            predecessor: *predecessor,
            authority: *authority,
            migration_authority: MIGRATION_AUTHORITY,
            payer: *payer,
            system_program: system_program::ID,
        }
        .to_account_metas(None),
        data: successor::instruction::Adopt { args }.data(),
    }
}
