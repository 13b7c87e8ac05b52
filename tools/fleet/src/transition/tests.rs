pub(crate) mod shop;

mod calls;
mod defects;
mod explain;
mod manifests;
mod stages;

use {
    super::*,
    demo::{client_v1, client_v2, idl_v2},
    solana_account::Account,
};

pub(crate) use demo::MANIFEST;

/// The IDL of release 2.
pub(crate) fn app() -> Idl {
    idl_v2().clone()
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
    let account = Account {
        lamports,
        data: demo::config::v1(&authority, number),
        owner: app_id(),
        ..Account::default()
    };
    (client_v1::config_address(&authority), account)
}

pub(crate) fn app_id() -> Pubkey {
    app().address.parse().unwrap()
}
