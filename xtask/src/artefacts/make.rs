//! Makes a set of artefacts.

use {
    super::{
        checksums, elf, idl, provenance,
        sets::{ArtefactSet, Program},
    },
    crate::workspace,
    anyhow::{Context, Result, ensure},
    std::{collections::BTreeMap, fs},
};

/// Builds a set, or `only` one of its packages, and writes it where it is committed.
pub fn make(set: &ArtefactSet, refreeze: bool, only: Option<&str>) -> Result<()> {
    let (chosen, kept): (Vec<_>, Vec<_>) = set
        .programs
        .iter()
        .partition(|program| only.is_none_or(|name| program.name() == name));
    ensure!(
        !chosen.is_empty(),
        "{} has no package {}",
        set.name,
        only.unwrap_or_default()
    );
    ensure!(
        set.has_source,
        "{} has no source in this repository: its artefacts are all that is kept of it",
        set.name
    );
    for program in &chosen {
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
    let mut files = build(set, &chosen)?;
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
    for program in kept {
        files.extend(read(set, program)?);
    }
    write(set, checksums::FILE, checksums::render(&files).as_bytes())?;
    write(
        set,
        provenance::FILE,
        provenance::render(set, &toolchain, &date).as_bytes(),
    )
}

/// Builds the artefacts of these programs of a set from their source: bytes by file name.
pub fn build(set: &ArtefactSet, programs: &[&Program]) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for program in programs {
        let target = workspace::target_directory(&set.source(program).join("Cargo.toml"))?;
        let scratch = target.join("artefacts").join(&set.name);
        files.insert(program.elf.clone(), elf::build(set, program, &scratch)?);
        files.insert(program.idl.clone(), idl::build(set, program)?);
    }
    Ok(files)
}

/// The committed artefacts of a program: bytes by file name.
pub fn read(set: &ArtefactSet, program: &Program) -> Result<BTreeMap<String, Vec<u8>>> {
    let read = |name: &String| {
        let bytes = fs::read(set.path(name))
            .with_context(|| format!("cannot read {}/{name}", set.folder))?;
        Ok((name.clone(), bytes))
    };
    [&program.elf, &program.idl].into_iter().map(read).collect()
}

fn write(set: &ArtefactSet, name: &str, bytes: &[u8]) -> Result<()> {
    fs::write(set.path(name), bytes).with_context(|| format!("cannot write {}/{name}", set.folder))
}
