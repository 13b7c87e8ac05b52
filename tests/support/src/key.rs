use svm_harness::Keypair;

/// A deterministic key pair, known by its name of at most 32 bytes.
pub fn key(name: &str) -> Keypair {
    let mut seed = [0; 32];
    seed[..name.len()].copy_from_slice(name.as_bytes());
    Keypair::new_from_array(seed)
}
