//! The upgradeable loader of the native backend.
//!
//! It is Agave's own loader, except that the programs of the transaction's [`Code`] run as Rust
//! functions. Their program and program-data accounts therefore look as they do on a cluster, which
//! is what a program reads to find its upgrade authority.

use {
    crate::NativeProgram,
    anchor_lang::{
        prelude::{AccountInfo, Pubkey},
        solana_program::entrypoint::ProgramResult,
    },
    solana_bpf_loader_program::Entrypoint,
    solana_instruction_error::InstructionError,
    solana_program_runtime::{
        invoke_context::BuiltinFunctionRegisterer, program_cache_entry::ProgramCacheEntry,
    },
    solana_program_test::{BuiltinFunctionDefinition, InvokeContext, invoke_builtin_function},
    std::{
        cell::{Cell, RefCell},
        collections::HashMap,
        error::Error,
    },
};

/// Which programs are native, and what they run.
pub type Code = HashMap<Pubkey, NativeProgram>;

thread_local! {
    /// Several banks live in one process and a loader has no state of its own: a bank executes a
    /// transaction on the calling thread, so its code is put here for that long.
    static CODE: RefCell<Code> = RefCell::default();

    /// Set while a native program returns, if it wrote to an account it got read-only.
    static WROTE_READONLY: Cell<bool> = const { Cell::new(false) };
}

/// Runs `execute` with `code` as the native programs of this thread.
pub fn with_code<T>(code: &Code, execute: impl FnOnce() -> T) -> T {
    CODE.replace(code.clone());
    let result = execute();
    CODE.take();
    result
}

/// The entry to register in a bank under the upgradeable loader's id.
pub fn cache_entry() -> ProgramCacheEntry {
    let register: BuiltinFunctionRegisterer = NativeLoader::register;
    ProgramCacheEntry::new_builtin(0, 0, register)
}

struct NativeLoader;

impl BuiltinFunctionDefinition<InvokeContext<'static, 'static>> for NativeLoader {
    type Error = Box<dyn Error>;

    fn rust(
        context: &mut InvokeContext<'static, 'static>,
        a: u64,
        b: u64,
        c: u64,
        d: u64,
        e: u64,
    ) -> Result<u64, Self::Error> {
        let program = *context
            .transaction_context
            .get_current_instruction_context()?
            .get_program_key()?;
        if !CODE.with_borrow(|code| code.contains_key(&program)) {
            return Entrypoint::rust(context, a, b, c, d, e);
        }
        let result = invoke_builtin_function(run, context);
        if WROTE_READONLY.take() {
            return Err(Box::new(InstructionError::ReadonlyDataModified));
        }
        result
    }
}

/// Runs the native program `program_id`.
///
/// solana-program-test drops what a program writes to an account it got read-only; a cluster fails
/// the instruction, and so does this.
fn run(program_id: &Pubkey, accounts: &[AccountInfo], data: &[u8]) -> ProgramResult {
    let native = CODE.with_borrow(|code| code[program_id]);
    let readonly = || accounts.iter().filter(|account| !account.is_writable);
    let before: Vec<Vec<u8>> = readonly()
        .map(|account| account.data.borrow().to_vec())
        .collect();
    native(program_id, accounts, data)?;
    let unchanged = readonly()
        .zip(&before)
        .all(|(account, before)| **account.data.borrow() == **before);
    WROTE_READONLY.set(!unchanged);
    Ok(())
}
