//! A release-1 client in Rust: it knows the frozen crate and nothing else.

use {
    anchor_lang::{InstructionData, ToAccountMetas, solana_program::system_program},
    svm_harness::{Instruction, Pubkey},
};

pub fn config_address(authority: &Pubkey) -> Pubkey {
    Pubkey::find_program_address(&[app_v1::CONFIG_SEED, authority.as_ref()], &app_v1::ID).0
}

pub fn initialize(authority: &Pubkey, value: u64) -> Instruction {
    instruction(
        app_v1::accounts::Initialize {
            config: config_address(authority),
            authority: *authority,
            system_program: system_program::ID,
        },
        app_v1::instruction::Initialize { value },
    )
}

pub fn update(authority: &Pubkey, value: u64) -> Instruction {
    instruction(
        app_v1::accounts::Update {
            config: config_address(authority),
            authority: *authority,
        },
        app_v1::instruction::Update { value },
    )
}

pub fn close(authority: &Pubkey) -> Instruction {
    instruction(
        app_v1::accounts::Close {
            config: config_address(authority),
            authority: *authority,
        },
        app_v1::instruction::Close {},
    )
}

fn instruction(accounts: impl ToAccountMetas, data: impl InstructionData) -> Instruction {
    Instruction {
        program_id: app_v1::ID,
        accounts: accounts.to_account_metas(None),
        data: data.data(),
    }
}
