//! The programs under `catalogue/`, with their sources as native entries.

use {
    anchor_lang_idl_spec::Idl,
    anyhow::{Context, Result},
    std::{fs, path::PathBuf},
    svm_harness::{NativeProgram, Program},
    testkit::release::in_workspace,
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
        .unwrap_or_else(|| panic!("catalogue/{folder} is not there"));
    Program {
        id: baseline::ID,
        name,
        native: *native,
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
    let text = fs::read_to_string(&path).with_context(|| {
        format!(
            "cannot read {}: run cargo run -p release -- build catalogue",
            path.display()
        )
    })?;
    serde_json::from_str(&text).with_context(|| format!("{} is not an IDL", path.display()))
}

fn artefact(folder: &str, extension: &str) -> PathBuf {
    let library = folder.replace('-', "_");
    in_workspace(&format!("tests/fixtures/catalogue/{library}.{extension}"))
}
