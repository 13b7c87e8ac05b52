//! The test program that calls any other.

use {
    anchor_lang::{InstructionData, prelude::AccountMeta},
    relay::RELAY_AUTHORITY,
    support::workspace::in_workspace,
    svm_harness::{Instruction, Program, native_program},
};

pub fn relay_program() -> Program {
    Program {
        id: relay::ID,
        name: "relay".to_owned(),
        native: Some(native_program!(relay::entry)),
        elf: in_workspace("tests/fixtures/relay.so"),
    }
}

/// The instruction as the relay calls it; the relay's address signs by its program alone.
pub fn relayed(instruction: Instruction) -> Instruction {
    let mut accounts = vec![AccountMeta::new_readonly(instruction.program_id, false)];
    for mut meta in instruction.accounts {
        meta.is_signer &= meta.pubkey != RELAY_AUTHORITY;
        accounts.push(meta);
    }
    Instruction {
        program_id: relay::ID,
        accounts,
        data: relay::instruction::Relay {
            data: instruction.data,
        }
        .data(),
    }
}
