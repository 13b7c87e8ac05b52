use anchor_lang::{prelude::*, solana_program::bpf_loader_upgradeable};

/// The account in which the upgradeable loader keeps this program's upgrade authority.
pub const PROGRAM_DATA_ADDRESS: Pubkey = Pubkey::new_from_array(
    const_crypto::ed25519::derive_program_address(
        &[&crate::ID.to_bytes()],
        &bpf_loader_upgradeable::ID.to_bytes(),
    )
    .0,
);
