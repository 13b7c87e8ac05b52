//! Makes a set of artefacts.

use {
    crate::{
        checksums, elf, idl, provenance,
        release::{ArtefactSet, workspace},
    },
    anyhow::{Context, Result, ensure},
    std::{collections::BTreeMap, fs},
};

/// Builds a set and writes it where it is committed.
pub fn make(set: &ArtefactSet, refreeze: bool) -> Result<()> {
    ensure!(
        !set.programs.is_empty(),
        "there is no program to build for {}",
        set.folder
    );
    for program in &set.programs {
        ensure!(
            !set.frozen || refreeze || !set.path(&program.elf).exists(),
            "{}/{} exists, and a release that clients use is made once. \
             To make it again all the same: {}",
            set.folder,
            program.elf,
            set.command_again()
        );
    }

    let toolchain = elf::toolchain()?;
    let files = build(set)?;
    let date = chrono::Utc::now().date_naive().to_string();

    fs::create_dir_all(set.path("")).with_context(|| format!("cannot make {}", set.folder))?;
    for (name, bytes) in &files {
        write(set, name, bytes)?;
        println!(
            "{}/{name}: {} bytes, sha256 {}",
            set.folder,
            bytes.len(),
            checksums::sha256(bytes)
        );
    }
    write(set, checksums::FILE, checksums::render(&files).as_bytes())?;
    write(
        set,
        provenance::FILE,
        provenance::render(set, &toolchain, &date).as_bytes(),
    )
}

/// Builds the artefacts of a set from its source: bytes by file name.
pub fn build(set: &ArtefactSet) -> Result<BTreeMap<String, Vec<u8>>> {
    let scratch = workspace().join("target/release-artefacts").join(set.name);
    let mut files = BTreeMap::new();
    for program in &set.programs {
        files.insert(program.elf.clone(), elf::build(program, &scratch)?);
        files.insert(program.idl.clone(), idl::build(program)?);
    }
    Ok(files)
}

fn write(set: &ArtefactSet, name: &str, bytes: &[u8]) -> Result<()> {
    fs::write(set.path(name), bytes).with_context(|| format!("cannot write {}/{name}", set.folder))
}
