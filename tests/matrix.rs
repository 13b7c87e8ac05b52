//! The table in docs/matrix.md is what really happens, the same on both backends.

use {
    account_migration::RETIRED,
    anchor_spl::token,
    app::instructions::InitializeV2Args,
    integration::{
        matrix::{self, FEE, Row, RowSigner, Rows, fee_accounts, operator},
        scene::account,
    },
    support::{
        client_v1, client_v2, documented::assert_section, tokens::Token, workspace::in_workspace,
    },
    svm_harness::{Backend, Keypair, Pubkey, Signer, Svm, block_on},
};

const ROWS: [Row; 13] = [
    Row {
        client: 1,
        instruction: "initialize",
        how: "",
        signer: RowSigner::Authority,
        build: |authority, _| client_v1::initialize(authority, 7),
    },
    Row {
        client: 1,
        instruction: "update",
        how: "",
        signer: RowSigner::Authority,
        build: |authority, _| client_v1::update(authority, 7),
    },
    Row {
        client: 1,
        instruction: "close",
        how: "",
        signer: RowSigner::Authority,
        build: |authority, _| client_v1::close(authority),
    },
    Row {
        client: 2,
        instruction: "initialize_v2",
        how: "",
        signer: RowSigner::Authority,
        build: |authority, _| {
            let args = InitializeV2Args {
                value: 7,
                fee: 0,
                fee_mint: Pubkey::default(),
                operators: vec![],
            };
            client_v2::initialize_v2(authority, args)
        },
    },
    Row {
        client: 2,
        instruction: "update_v2",
        how: "",
        signer: RowSigner::Authority,
        build: |authority, _| {
            client_v2::update_v2(&client_v2::config_address(authority), authority, 7, None)
        },
    },
    BY_AN_OPERATOR,
    Row {
        client: 2,
        instruction: "set_operators",
        how: "",
        signer: RowSigner::Authority,
        build: |authority, _| client_v2::set_operators(authority, vec![*authority]),
    },
    Row {
        client: 2,
        instruction: "set_fee",
        how: "",
        signer: RowSigner::Authority,
        build: |authority, _| client_v2::set_fee(authority, 6, *authority),
    },
    Row {
        client: 2,
        instruction: "migrate",
        how: "",
        signer: RowSigner::Authority,
        build: |authority, _| {
            client_v2::migrate(&client_v2::config_address(authority), authority, authority)
        },
    },
    Row {
        client: 2,
        instruction: "migrate_many",
        how: "",
        signer: RowSigner::UpgradeAuthority,
        build: |authority, upgrade_authority| {
            let config = client_v2::config_address(authority);
            client_v2::migrate_many(&[config], upgrade_authority, u64::MAX)
        },
    },
    Row {
        client: 2,
        instruction: "rollback",
        how: "",
        signer: RowSigner::UpgradeAuthority,
        build: |authority, upgrade_authority| {
            let config = client_v2::config_address(authority);
            client_v2::rollback(&config, upgrade_authority, false)
        },
    },
    Row {
        client: 2,
        instruction: "rollback",
        how: " that may discard",
        signer: RowSigner::UpgradeAuthority,
        build: |authority, upgrade_authority| {
            let config = client_v2::config_address(authority);
            client_v2::rollback(&config, upgrade_authority, true)
        },
    },
    Row {
        client: 2,
        instruction: "retire",
        how: "",
        signer: RowSigner::Authority,
        build: |authority, _| {
            let config = client_v2::config_address(authority);
            let mut retire = client_v2::retire(&config, authority, authority);
            // No client has the migration program's signature.
            retire.accounts[2].is_signer = false;
            retire
        },
    },
];

/// The operator pays the fee, if there is one.
const BY_AN_OPERATOR: Row = Row {
    client: 2,
    instruction: "update_v2",
    how: " by an operator",
    signer: RowSigner::Operator,
    build: |authority, operator| {
        let config = client_v2::config_address(authority);
        client_v2::update_v2_with(&config, operator, 7, None, FEE, Some(fee_accounts()))
    },
};

#[test]
fn the_page_shows_what_happens() {
    let rows = Rows {
        rows: &ROWS,
        errors: &[],
        prepare: create_token,
        retire,
        describe: matrix::describe,
    };
    let tables = Backend::ALL.map(|backend| block_on(rows.table(backend)));
    assert_eq!(tables[0], tables[1]);
    assert_section(&in_workspace("docs/matrix.md"), "matrix", &tables[0]);
}

/// The token of the fee: the operator has some, and the authority whose config it updates has an account.
async fn create_token(svm: &mut Svm) {
    let [payer, recipient] = [operator(), BY_AN_OPERATOR.authority()].map(|key| key.pubkey());
    Token::create(svm, token::ID, payer, recipient, 1_000).await;
}

/// Leaves what `retire` leaves; only the migration program can call it.
async fn retire(svm: &mut Svm, authority: &Keypair) {
    let config = client_v2::config_address(&authority.pubkey());
    let lamports = svm.rent_exempt_minimum(RETIRED.len());
    let retired = account(app::ID, RETIRED.to_vec(), lamports);
    svm.set_account(config, retired).await;
}
