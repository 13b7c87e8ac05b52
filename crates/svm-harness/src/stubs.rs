//! System calls of native programs.
//!
//! solana-program-test keeps its system calls in solana-sysvar 4. Anchor 1.2 and solana-invoke call
//! those of solana-sysvar 3, where nothing is installed. This module takes the former and serves
//! both.

use {
    anchor_lang::{
        prelude::{AccountInfo, Pubkey},
        solana_program::{entrypoint::ProgramResult, instruction::Instruction},
    },
    solana_program_test::ProgramTest,
    solana_sysvar_v3::program_stubs as v3,
    solana_sysvar_v4::program_stubs as v4,
    tokio::sync::OnceCell,
};

/// The system calls of solana-program-test, once taken.
static STUBS: OnceCell<Box<dyn v4::SyscallStubs>> = OnceCell::const_new();

/// Makes system calls work in native programs. Every caller returns after they do; the work is done
/// once per process.
pub async fn install() {
    STUBS.get_or_init(take_stubs).await;
}

/// solana-program-test installs its system calls when the first bank of a process starts and does
/// not export them, so one bank is started for that alone.
async fn take_stubs() -> Box<dyn v4::SyscallStubs> {
    let program_test = ProgramTest::default();
    // That made every program log go to stderr; `Outcome::logs` has them.
    if std::env::var_os("RUST_LOG").is_none() {
        log::set_max_level(log::LevelFilter::Error);
    }
    drop(program_test.start_with_context().await);
    v3::set_syscall_stubs(Box::new(Forward));
    v4::set_syscall_stubs(Box::new(Forward))
}

fn stubs() -> &'static dyn v4::SyscallStubs {
    STUBS
        .get()
        .expect("native programs run after `install`")
        .as_ref()
}

struct Forward;

macro_rules! forward {
    ($version:ident) => {
        impl $version::SyscallStubs for Forward {
            fn sol_log(&self, message: &str) {
                stubs().sol_log(message)
            }
            fn sol_log_compute_units(&self) {
                stubs().sol_log_compute_units()
            }
            fn sol_remaining_compute_units(&self) -> u64 {
                stubs().sol_remaining_compute_units()
            }
            fn sol_invoke_signed(
                &self,
                instruction: &Instruction,
                accounts: &[AccountInfo],
                signers_seeds: &[&[&[u8]]],
            ) -> ProgramResult {
                stubs().sol_invoke_signed(instruction, accounts, signers_seeds)
            }
            fn sol_get_sysvar(&self, id: *const u8, to: *mut u8, offset: u64, length: u64) -> u64 {
                stubs().sol_get_sysvar(id, to, offset, length)
            }
            fn sol_get_clock_sysvar(&self, to: *mut u8) -> u64 {
                stubs().sol_get_clock_sysvar(to)
            }
            fn sol_get_epoch_schedule_sysvar(&self, to: *mut u8) -> u64 {
                stubs().sol_get_epoch_schedule_sysvar(to)
            }
            fn sol_get_fees_sysvar(&self, to: *mut u8) -> u64 {
                stubs().sol_get_fees_sysvar(to)
            }
            fn sol_get_rent_sysvar(&self, to: *mut u8) -> u64 {
                stubs().sol_get_rent_sysvar(to)
            }
            fn sol_get_epoch_rewards_sysvar(&self, to: *mut u8) -> u64 {
                stubs().sol_get_epoch_rewards_sysvar(to)
            }
            fn sol_get_last_restart_slot(&self, to: *mut u8) -> u64 {
                stubs().sol_get_last_restart_slot(to)
            }
            fn sol_get_epoch_stake(&self, vote_address: *const u8) -> u64 {
                stubs().sol_get_epoch_stake(vote_address)
            }
            fn sol_get_return_data(&self) -> Option<(Pubkey, Vec<u8>)> {
                stubs().sol_get_return_data()
            }
            fn sol_set_return_data(&self, data: &[u8]) {
                stubs().sol_set_return_data(data)
            }
            fn sol_log_data(&self, fields: &[&[u8]]) {
                stubs().sol_log_data(fields)
            }
            fn sol_get_processed_sibling_instruction(&self, index: usize) -> Option<Instruction> {
                stubs().sol_get_processed_sibling_instruction(index)
            }
            fn sol_get_stack_height(&self) -> u64 {
                stubs().sol_get_stack_height()
            }
        }
    };
}

forward!(v3);
forward!(v4);
