//! A program's ELF, by `cargo build-sbf`.

use {
    super::sets::{ARCH, ArtefactSet, Program},
    anyhow::{Context, Result, bail, ensure},
    std::{
        env, fs,
        path::{Path, PathBuf},
        process::Command,
    },
};

/// What `cargo build-sbf --version` says, on one line. Only equal toolchains give equal bytes.
pub fn toolchain() -> Result<String> {
    let output = Command::new("cargo")
        .args(["build-sbf", "--version"])
        .output()
        .context("cannot run cargo")?;
    ensure!(
        output.status.success(),
        "`cargo build-sbf` does not run: install the Solana tools \
         (https://docs.anza.xyz/cli/install) and put their bin folder on PATH\n{}",
        String::from_utf8_lossy(&output.stderr).trim()
    );
    Ok(one_line(&String::from_utf8_lossy(&output.stdout)))
}

/// Builds a program of a set in `scratch`, which is emptied before, and returns its bytes.
pub fn build(set: &ArtefactSet, program: &Program, scratch: &Path) -> Result<Vec<u8>> {
    if scratch.exists() {
        fs::remove_dir_all(scratch)
            .with_context(|| format!("cannot empty {}", scratch.display()))?;
    }
    let mut command = Command::new("cargo");
    for target in ["SBF", "SBPF"] {
        command.env(
            format!("CARGO_TARGET_{target}_SOLANA_SOLANA_RUSTFLAGS"),
            remap_registry()?,
        );
    }
    // These would replace the flags above.
    command
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    let status = command
        .current_dir(set.root())
        .args(["build-sbf", "--arch", ARCH, "--manifest-path"])
        .arg(set.source(program).join("Cargo.toml"))
        .arg("--sbf-out-dir")
        .arg(scratch)
        .args(["--", "--locked"])
        .args(set.profile.iter().flat_map(|value| ["--config", value]))
        .status()
        .context("cannot run cargo build-sbf")?;
    ensure!(
        status.success(),
        "cargo build-sbf failed for {}",
        program.package
    );
    only_elf(scratch).with_context(|| format!("building {}", program.package))
}

/// Panic messages name the source files of dependencies: without the path of this user's home,
/// everyone gets the same bytes.
fn remap_registry() -> Result<String> {
    let home = match env::var_os("CARGO_HOME") {
        Some(home) => PathBuf::from(home),
        None => env::home_dir()
            .context("neither CARGO_HOME nor HOME is set")?
            .join(".cargo"),
    };
    Ok(format!(
        "--remap-path-prefix={}=registry",
        home.join("registry/src").display()
    ))
}

/// The folder's one `.so`: its name is the library's, which need not be the artefact's.
fn only_elf(folder: &Path) -> Result<Vec<u8>> {
    let mut found = Vec::new();
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?
    {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "so") {
            found.push(path);
        }
    }
    let [path] = &found[..] else {
        bail!(
            "expected one .so in {}, found {}: is its crate-type cdylib?",
            folder.display(),
            found.len()
        );
    };
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn one_line(text: &str) -> String {
    let lines: Vec<_> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_becomes_one_line() {
        assert_eq!(
            one_line("solana-cargo-build-sbf 4.0.0\nrustc 1.2.3\n"),
            "solana-cargo-build-sbf 4.0.0, rustc 1.2.3"
        );
    }
}
