//! The table in docs/proxy.md is what really happens, the same on both backends.

use {
    account_migration::is_retired,
    integration::matrix::{self, Row, RowSigner, Rows},
    migrator::error::MigratorError,
    proxy::{adopted::adopted, client_migrator, client_successor, releases::deploy},
    successor::{instructions::AdoptArgs, state::Fee},
    support::{client_v2::config_address, documented::assert_section, workspace::in_workspace},
    svm_harness::{Backend, Keypair, Pubkey, Signer, Svm, block_on},
};

const ROWS: [Row; 3] = [
    Row {
        client: 2,
        instruction: "migrate_account",
        how: "",
        signer: RowSigner::Authority,
        build: |authority, _| client_migrator::migrate_account(authority, authority),
    },
    Row {
        client: 2,
        instruction: "adopt",
        how: " of the successor",
        signer: RowSigner::Authority,
        build: |authority, _| {
            let config = config_address(authority);
            let args = AdoptArgs {
                version: 1,
                value: 7,
                revision: 0,
                fee: Fee::default(),
                operators: Vec::new(),
            };
            let mut adopt = client_successor::adopt(&config, authority, authority, args);
            // No client has the migration program's signature.
            adopt.accounts[3].is_signer = false;
            adopt
        },
    },
    Row {
        client: 2,
        instruction: "update",
        how: " of the successor",
        signer: RowSigner::Authority,
        build: |authority, _| client_successor::update(&config_address(authority), authority, 7),
    },
];

#[test]
fn the_page_shows_what_happens() {
    let again = MigratorError::AlreadyMigrated;
    let rows = Rows {
        rows: &ROWS,
        errors: &[(again.into(), again.name())],
        prepare: deploy,
        retire: migrate,
        describe,
    };
    let tables = Backend::ALL.map(|backend| block_on(rows.table(backend)));
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
    let extra = matrix::fee_and_operators(successor.fee.amount, successor.operators.len());
    format!(
        "retired; successor: value {}, revision {}{extra}",
        successor.value, successor.revision
    )
}

/// Moves the config to the successor.
async fn migrate(svm: &mut Svm, authority: &Keypair) {
    let address = authority.pubkey();
    let migrate = client_migrator::migrate_account(&address, &address);
    svm.send(&[migrate], &[authority]).await.expect_ok();
}
