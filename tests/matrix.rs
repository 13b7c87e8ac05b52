//! The table in docs/matrix.md is what really happens, the same on both backends.

use {
    app::instructions::InitializeV2Args,
    integration::matrix::{self, Row},
    support::{client_v1, client_v2, documented::assert_section, workspace::in_workspace},
    svm_harness::{Backend, Pubkey, block_on},
};

const ROWS: [Row; 10] = [
    Row {
        client: 1,
        instruction: "initialize",
        build: |authority, _| client_v1::initialize(authority, 7),
        signed_by_upgrade_authority: false,
    },
    Row {
        client: 1,
        instruction: "update",
        build: |authority, _| client_v1::update(authority, 7),
        signed_by_upgrade_authority: false,
    },
    Row {
        client: 1,
        instruction: "close",
        build: |authority, _| client_v1::close(authority),
        signed_by_upgrade_authority: false,
    },
    Row {
        client: 2,
        instruction: "initialize_v2",
        build: |authority, _| {
            let args = InitializeV2Args {
                value: 7,
                fee: 0,
                fee_mint: Pubkey::default(),
                operators: vec![],
            };
            client_v2::initialize_v2(authority, args)
        },
        signed_by_upgrade_authority: false,
    },
    Row {
        client: 2,
        instruction: "update_v2",
        build: |authority, _| {
            client_v2::update_v2(&client_v2::config_address(authority), authority, 7, Some(0))
        },
        signed_by_upgrade_authority: false,
    },
    Row {
        client: 2,
        instruction: "set_operators",
        build: |authority, _| client_v2::set_operators(authority, vec![*authority]),
        signed_by_upgrade_authority: false,
    },
    Row {
        client: 2,
        instruction: "set_fee",
        build: |authority, _| client_v2::set_fee(authority, 5, *authority),
        signed_by_upgrade_authority: false,
    },
    Row {
        client: 2,
        instruction: "migrate",
        build: |authority, _| {
            client_v2::migrate(&client_v2::config_address(authority), authority, authority)
        },
        signed_by_upgrade_authority: false,
    },
    Row {
        client: 2,
        instruction: "migrate_many",
        build: |authority, upgrade_authority| {
            let config = client_v2::config_address(authority);
            client_v2::migrate_many(&[config], upgrade_authority, u64::MAX)
        },
        signed_by_upgrade_authority: true,
    },
    Row {
        client: 2,
        instruction: "rollback",
        build: |authority, upgrade_authority| {
            let config = client_v2::config_address(authority);
            client_v2::rollback(&config, upgrade_authority, false)
        },
        signed_by_upgrade_authority: true,
    },
];

#[test]
fn the_page_shows_what_happens() {
    let mut tables = Vec::new();
    for backend in Backend::ALL {
        let table = matrix::run(backend, &ROWS, &[], matrix::describe);
        tables.push(block_on(table));
    }
    assert_eq!(tables[0], tables[1]);
    assert_section(&in_workspace("docs/matrix.md"), "matrix", &tables[0]);
}
