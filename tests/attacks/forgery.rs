//! Accounts that no release of the program made.

use {
    app::{
        constants::PROGRAM_DATA_ADDRESS,
        state::{AnyConfig, ConfigV1},
    },
    integration::scene::{Scene, account},
    support::{bytes::exact_bytes, key::key},
    svm_harness::{DEFAULT_LAMPORTS_PER_BYTE, Keypair, Pubkey, Signer, rent_exempt_minimum},
};

/// Lamports of a rent-exempt ConfigV1.
pub fn v1_lamports() -> u64 {
    rent_exempt_minimum(48, DEFAULT_LAMPORTS_PER_BYTE)
}

/// An account at an address that can sign.
pub async fn plant(scene: &mut Scene, owner: Pubkey, data: Vec<u8>) -> Keypair {
    let key = key("planted");
    let account = account(owner, data, v1_lamports());
    scene.svm.set_account(key.pubkey(), account).await;
    key
}

/// A program data account at another address, with this key as upgrade authority.
pub async fn forge_program_data(scene: &mut Scene, upgrade_authority: Pubkey) -> Pubkey {
    let mut forged = scene
        .svm
        .account(PROGRAM_DATA_ADDRESS)
        .await
        .expect("the program data account exists");
    forged.data[13..45].copy_from_slice(upgrade_authority.as_ref());
    let address = key("forged program data").pubkey();
    scene.svm.set_account(address, forged).await;
    address
}

/// A config in the layout of release 1, with this authority.
pub fn v1_bytes(authority: Pubkey) -> Vec<u8> {
    exact_bytes(&AnyConfig::V1(ConfigV1 {
        authority,
        value: 1,
    }))
}
