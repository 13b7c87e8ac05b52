//! The table in docs/proxy.md is what really happens, the same on both backends.

use {
    account_migration::is_retired,
    integration::matrix::{self, Row},
    proxy::{
        adopted::adopted,
        client_migrator,
        releases::{migrator, successor},
    },
    support::{documented::assert_section, workspace::in_workspace},
    svm_harness::{Backend, Pubkey, Svm, block_on},
};

const ROWS: [Row; 1] = [Row {
    client: 2,
    instruction: "migrate_account",
    build: |authority, _| client_migrator::migrate_account(authority, authority),
    signed_by_upgrade_authority: false,
}];

#[test]
fn the_page_shows_what_happens() {
    let programs = [migrator(), successor()];
    let mut tables = Vec::new();
    for backend in Backend::ALL {
        let table = matrix::run(backend, &ROWS, &programs, describe);
        tables.push(block_on(table));
    }
    assert_eq!(tables[0], tables[1]);
    assert_section(&in_workspace("docs/proxy.md"), "proxy-matrix", &tables[0]);
}

/// What a config holds, or its successor.
async fn describe(svm: &mut Svm, config: Pubkey) -> String {
    let account = svm.account(config).await;
    if account.is_none_or(|account| !is_retired(&account.data)) {
        return matrix::describe(svm, config).await;
    }
    let successor = adopted(svm, &config).await;
    format!(
        "retired; successor: value {}, revision {}",
        successor.value, successor.revision
    )
}
