//! The programs, with their sources as native entries.

use {
    crate::folders::artefact,
    account_layout::ReadIdl,
    anchor_lang_idl_spec::Idl,
    anyhow::{Context, Result},
    std::{fs, path::PathBuf},
    svm_harness::{NativeProgram, Program},
};

/// The folder whose program the others change.
pub const BASELINE: &str = "baseline";

const NATIVE: &[(&str, NativeProgram)] = include!(concat!(env!("OUT_DIR"), "/programs.rs"));

/// The folders that make a change, by name.
pub fn changes() -> impl Iterator<Item = &'static str> {
    let names = NATIVE.iter().map(|(name, _)| *name);
    names.filter(|name| *name != BASELINE)
}

/// The program of a folder. All of them have the baseline's id.
///
/// # Panics
/// When there is no such folder.
pub fn program(folder: &str) -> Program {
    let (name, native) = NATIVE
        .iter()
        .find(|(name, _)| *name == folder)
        .unwrap_or_else(|| panic!("programs/{folder} is not there"));
    Program {
        id: baseline::ID,
        name: (*name).to_owned(),
        native: Some(*native),
        elf: elf(folder),
    }
}

/// The binary of a folder's program.
pub fn elf(folder: &str) -> PathBuf {
    artefact(folder, "so")
}

/// The IDL of a folder's program.
///
/// # Errors
/// When it is not there, or not an IDL.
pub fn idl(folder: &str) -> Result<Idl> {
    let path = artefact(folder, "json");
    let bytes = fs::read(&path).with_context(|| {
        format!(
            "cannot read {}: run cargo xtask artefacts build catalogue --only {folder}",
            path.display()
        )
    })?;
    Ok(ReadIdl::read(&bytes, &path.display().to_string())?.idl)
}
