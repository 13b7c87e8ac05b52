//! Where this repository is, and what cargo says of a package in it.

use {
    anyhow::{Context, Result, ensure},
    serde_json::Value,
    std::{
        path::{Path, PathBuf},
        process::Command,
    },
};

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("this package is a folder of the repository")
}

/// What `cargo metadata` says of the workspace that a manifest belongs to, without its dependencies.
pub fn metadata(manifest: &Path) -> Result<Value> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .arg("--manifest-path")
        .arg(manifest)
        .output()
        .context("cannot run cargo")?;
    ensure!(
        output.status.success(),
        "cargo metadata failed for {}:\n{}",
        manifest.display(),
        String::from_utf8_lossy(&output.stderr).trim()
    );
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Where cargo puts what it builds of the package with this manifest.
pub fn target_directory(manifest: &Path) -> Result<PathBuf> {
    let metadata = metadata(manifest)?;
    let directory = metadata["target_directory"].as_str();
    Ok(directory
        .context("cargo metadata names no target directory")?
        .into())
}
