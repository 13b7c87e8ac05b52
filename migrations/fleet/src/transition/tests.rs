pub(crate) mod shop;

mod calls;
mod defects;
mod explain;
mod manifests;
mod stages;

use {
    super::*,
    idl_compat::ReadIdl,
    solana_account::Account,
    testkit::{client_v1, client_v2},
};

/// The manifest of this repository.
pub(crate) const MANIFEST: &str = include_str!("../../../config-v1-to-v2.toml");

/// The IDL of release 2.
pub(crate) fn app() -> Idl {
    let bytes = include_bytes!("../../../../releases/v2/app.json");
    ReadIdl::read(bytes, "app.json").unwrap().idl
}

pub(crate) fn migrate_all() -> Transition {
    Transition::read(MANIFEST, &app(), Direction::Migrate, None).unwrap()
}

pub(crate) fn roll_back() -> Transition {
    Transition::read(MANIFEST, &app(), Direction::Rollback, None).unwrap()
}

pub(crate) fn address(seed: u8) -> Pubkey {
    Pubkey::new_from_array([seed; 32])
}

pub(crate) const ONE_PAYS: Roles = roles(1, 1);

pub(crate) const fn roles(authority: u8, payer: u8) -> Roles {
    Roles {
        authority: Pubkey::new_from_array([authority; 32]),
        payer: Pubkey::new_from_array([payer; 32]),
    }
}

/// A config of release 1 at an address of its own.
pub(crate) fn config(number: u64, lamports: u64) -> (Pubkey, Account) {
    let mut bytes = [9; 32];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    let authority = Pubkey::new_from_array(bytes);
    let discriminator = [84, 236, 11, 221, 3, 23, 47, 8];
    let account = Account {
        lamports,
        data: [&discriminator[..], &bytes, &number.to_le_bytes()].concat(),
        owner: app_id(),
        ..Account::default()
    };
    (client_v1::config_address(&authority), account)
}

pub(crate) fn app_id() -> Pubkey {
    app().address.parse().unwrap()
}
