use {
    anchor_lang::{
        prelude::{AccountInfo, Pubkey},
        solana_program::entrypoint::ProgramResult,
    },
    std::{mem::transmute, path::PathBuf},
};

/// A program's Rust source as a function the native backend can call; made by
/// [`native_program!`](crate::native_program).
pub type NativeProgram = solana_program_entrypoint::ProcessInstruction;

/// One release of one program.
#[derive(Clone, Debug)]
pub struct Program {
    /// Where the program is deployed.
    pub id: Pubkey,
    /// What panics call the program.
    pub name: String,
    /// What the native backend (feature `native`) runs; `None` for a program whose source is not here.
    pub native: Option<NativeProgram>,
    /// What [`Backend::Loader`](crate::Backend::Loader) runs: the path of the `.so`, read when the
    /// program is deployed or upgraded and never by the native backend.
    pub elf: PathBuf,
}

/// The [`NativeProgram`] of an Anchor program, from the path of its generated `entry`.
///
/// The program crate must be built with its feature `no-entrypoint`.
#[macro_export]
macro_rules! native_program {
    ($entry:path) => {{
        let native: $crate::NativeProgram =
            |program_id, accounts, data| $crate::call_entry(program_id, accounts, data, $entry);
        native
    }};
}

/// Calls an Anchor `entry`, which wants one lifetime for everything, with the several lifetimes the
/// runtime has. Only [`native_program!`](crate::native_program) needs it.
#[doc(hidden)]
pub fn call_entry<'a>(
    program_id: &'a Pubkey,
    accounts: &'a [AccountInfo<'_>],
    data: &'a [u8],
    entry: for<'info> fn(&'info Pubkey, &'info [AccountInfo<'info>], &'info [u8]) -> ProgramResult,
) -> ProgramResult {
    // SAFETY: only a lifetime changes, and what the accounts borrow outlives `'a`. The compiler
    // rejects it because shortening would let `entry` store a reference that lives for `'a` only in an
    // account's `RefCell`. `entry` takes every `'info`, so the only mutable bytes it can have for
    // `'info` are the accounts' own or leaked ones, and both outlive the accounts.
    let accounts = unsafe { transmute::<&'a [AccountInfo<'_>], &'a [AccountInfo<'a>]>(accounts) };
    entry(program_id, accounts, data)
}
