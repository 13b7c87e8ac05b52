use {
    anyhow::{Context, Result},
    std::{fs, path::Path},
    svm_harness::Keypair,
};

/// Writes a key in the form of `solana-keygen`.
///
/// # Errors
/// When the file cannot be written.
pub fn write_key(path: &Path, key: &Keypair) -> Result<()> {
    let bytes: Vec<String> = key.to_bytes().iter().map(u8::to_string).collect();
    fs::write(path, format!("[{}]\n", bytes.join(",")))
        .with_context(|| format!("cannot write {}", path.display()))
}
