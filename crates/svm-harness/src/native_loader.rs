//! The upgradeable loader of the native backend.
//!
//! It is Agave's own loader, except that the programs of the transaction's [`Code`] run as Rust
//! functions. Their program and program-data accounts therefore look as they do on a cluster, which
//! is what a program reads to find its upgrade authority.

use {
    crate::NativeProgram,
    anchor_lang::prelude::Pubkey,
    solana_bpf_loader_program::Entrypoint,
    solana_program_runtime::{
        invoke_context::BuiltinFunctionRegisterer, program_cache_entry::ProgramCacheEntry,
    },
    solana_program_test::{BuiltinFunctionDefinition, InvokeContext, invoke_builtin_function},
    std::{cell::RefCell, collections::HashMap, error::Error},
};

/// Which programs are native, and what they run.
pub type Code = HashMap<Pubkey, NativeProgram>;

thread_local! {
    /// Several banks live in one process and a loader has no state of its own: a bank executes a
    /// transaction on the calling thread, so its code is put here for that long.
    static CODE: RefCell<Code> = RefCell::default();
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
        match CODE.with_borrow(|code| code.get(&program).copied()) {
            Some(native) => invoke_builtin_function(native, context),
            None => Entrypoint::rust(context, a, b, c, d, e),
        }
    }
}
