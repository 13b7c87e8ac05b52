//! The test programs that call any other.

use {
    anchor_lang::{InstructionData, prelude::AccountMeta},
    app::constants::{MIGRATION_AUTHORITY, MIGRATOR_ID},
    relay::RELAY_AUTHORITY,
    support::workspace::in_workspace,
    svm_harness::{Instruction, Program, Pubkey, native_program},
};

pub fn relay_program() -> Program {
    Program {
        id: relay::ID,
        name: "relay".to_owned(),
        native: Some(native_program!(relay::entry)),
        elf: in_workspace("tests/fixtures/relay.so"),
    }
}

/// What signs as the migration authority for anybody, at the migration program's address.
pub fn hostile_migrator() -> Program {
    Program {
        id: MIGRATOR_ID,
        name: "hostile migrator".to_owned(),
        native: Some(native_program!(hostile_migrator::entry)),
        elf: in_workspace("tests/fixtures/hostile_migrator.so"),
    }
}

/// The instruction as the relay calls it; the relay's address signs by its program alone.
pub fn relayed(instruction: Instruction) -> Instruction {
    through(relay::ID, RELAY_AUTHORITY, instruction)
}

/// The instruction as the hostile migrator calls it; the migration authority signs by its program alone.
pub fn signed_as_migrator(instruction: Instruction) -> Instruction {
    through(MIGRATOR_ID, MIGRATION_AUTHORITY, instruction)
}

fn through(program_id: Pubkey, signer: Pubkey, instruction: Instruction) -> Instruction {
    let mut accounts = vec![AccountMeta::new_readonly(instruction.program_id, false)];
    for mut meta in instruction.accounts {
        meta.is_signer &= meta.pubkey != signer;
        accounts.push(meta);
    }
    Instruction {
        program_id,
        accounts,
        data: relay::instruction::Relay {
            data: instruction.data,
        }
        .data(),
    }
}
