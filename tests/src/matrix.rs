//! What each client can do with each account on each release of the program.

use {
    crate::{
        proxy,
        rejection::snapshot,
        scene::{FUNDS, exact_bytes},
    },
    account_migration::is_retired,
    app::{instructions::InitializeV2Args, state::AnyConfig},
    std::fmt::Write,
    svm_harness::{Backend, Instruction, Keypair, Outcome, Pubkey, Signer, Svm},
    testkit::{
        client_migrator, client_v1, client_v2,
        key::key,
        release::{release_1, release_2},
    },
};

/// The state in which a cell's instruction meets the program and the account.
#[derive(Clone, Copy)]
struct Column {
    release: u8,
    layout: Option<u8>,
}

const COLUMNS: [Column; 6] = [
    Column {
        release: 1,
        layout: None,
    },
    Column {
        release: 1,
        layout: Some(1),
    },
    Column {
        release: 1,
        layout: Some(2),
    },
    Column {
        release: 2,
        layout: None,
    },
    Column {
        release: 2,
        layout: Some(1),
    },
    Column {
        release: 2,
        layout: Some(2),
    },
];

struct Row {
    client: u8,
    instruction: &'static str,
    /// The instruction on the config of this authority, the upgrade authority being the second key.
    build: fn(&Pubkey, &Pubkey) -> Instruction,
    signed_by_upgrade_authority: bool,
}

const ROWS: [Row; 11] = [
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
    Row {
        client: 2,
        instruction: "migrate_account",
        build: |authority, _| client_migrator::migrate_account(authority, authority),
        signed_by_upgrade_authority: false,
    },
];

/// Executes every cell and returns the table in Markdown.
///
/// # Panics
/// When a rejected instruction changed an account, or an accepted one left bytes that are not
/// exactly one layout's.
pub async fn run(backend: Backend) -> String {
    let mut cells = Vec::new();
    for column in COLUMNS {
        cells.push(run_column(backend, column).await);
    }

    let mut table = String::from("| client | instruction |");
    for Column { release, layout } in COLUMNS {
        let account = match layout {
            None => "no account".to_owned(),
            Some(version) => format!("V{version} account"),
        };
        write!(table, " release {release}, {account} |").expect("a String takes all text");
    }
    table.push_str("\n|");
    table.push_str(&" --- |".repeat(2 + COLUMNS.len()));
    table.push('\n');
    for (i, row) in ROWS.iter().enumerate() {
        write!(table, "| release {} | `{}` |", row.client, row.instruction)
            .expect("a String takes all text");
        for column in &cells {
            write!(table, " {} |", column[i]).expect("a String takes all text");
        }
        table.push('\n');
    }
    table
}

async fn run_column(backend: Backend, column: Column) -> Vec<String> {
    let mut svm = Svm::start(backend, &release_1()).await;
    proxy::deploy(&mut svm).await;
    let upgrade_authority = svm.upgrade_authority().insecure_clone();
    svm.fund(upgrade_authority.pubkey(), FUNDS).await;
    let authorities: Vec<Keypair> = ROWS.iter().map(|row| key(row.instruction)).collect();
    for authority in &authorities {
        svm.fund(authority.pubkey(), FUNDS).await;
        if column.layout.is_some() {
            send(
                &mut svm,
                client_v1::initialize(&authority.pubkey(), 1),
                authority,
            )
            .await
            .expect_ok();
        }
    }
    if column.layout == Some(2) {
        svm.upgrade(&release_2()).await;
        for authority in &authorities {
            let (config, authority_key) = (
                client_v2::config_address(&authority.pubkey()),
                authority.pubkey(),
            );
            let migrate = client_v2::migrate(&config, &authority_key, &authority_key);
            send(&mut svm, migrate, authority).await.expect_ok();
        }
    }
    match (column.release, column.layout) {
        (1, Some(2)) => svm.upgrade(&release_1()).await,
        (2, None | Some(1)) => svm.upgrade(&release_2()).await,
        _ => {}
    }

    let mut cells = Vec::new();
    for (row, authority) in ROWS.iter().zip(&authorities) {
        let instruction = (row.build)(&authority.pubkey(), &upgrade_authority.pubkey());
        let signer = if row.signed_by_upgrade_authority {
            &upgrade_authority
        } else {
            authority
        };
        let before = snapshot(&mut svm, std::slice::from_ref(&instruction)).await;
        let outcome = send(&mut svm, instruction.clone(), signer).await;
        cells.push(if outcome.result.is_ok() {
            describe(&mut svm, client_v2::config_address(&authority.pubkey())).await
        } else {
            let after = snapshot(&mut svm, &[instruction]).await;
            assert_eq!(after, before, "{}: rejected but changed", row.instruction);
            error_name(&outcome)
        });
    }
    cells
}

async fn send(svm: &mut Svm, instruction: Instruction, signer: &Keypair) -> Outcome {
    svm.send(&[instruction], &[signer]).await
}

async fn describe(svm: &mut Svm, config: Pubkey) -> String {
    let Some(account) = svm.account(config).await else {
        return "closed".to_owned();
    };
    if is_retired(&account.data) {
        let successor = proxy::adopted(svm, &config).await;
        return format!(
            "retired; successor: value {}, revision {}",
            successor.value, successor.revision
        );
    }
    let config = AnyConfig::read(&account.data).expect("the account is of a known version");
    assert_eq!(exact_bytes(&config), account.data, "stray bytes");
    match config {
        AnyConfig::V1(config) => format!("V1, value {}", config.value),
        AnyConfig::V2(config) => {
            let mut text = format!("V2, value {}, revision {}", config.value, config.revision);
            if config.fee > 0 {
                write!(text, ", fee {}", config.fee).expect("a String takes all text");
            }
            if !config.operators.is_empty() {
                write!(text, ", {} operator", config.operators.len())
                    .expect("a String takes all text");
            }
            text
        }
    }
}

fn error_name(outcome: &Outcome) -> String {
    use {anchor_lang::error::ErrorCode, app::error::ConfigError};

    let code = outcome
        .custom_error()
        .unwrap_or_else(|| panic!("failed without a code: {:?}", outcome.result));
    let anchor = [
        ErrorCode::InstructionFallbackNotFound,
        ErrorCode::AccountDiscriminatorMismatch,
        ErrorCode::AccountNotInitialized,
    ];
    let own = [ConfigError::NotMigrated, ConfigError::AlreadyMigrated];
    let name = if code == 0 {
        Some("AccountAlreadyInUse".to_owned())
    } else {
        let anchor = anchor
            .into_iter()
            .map(|error| (u32::from(error), error.name()));
        let own = own
            .into_iter()
            .map(|error| (u32::from(error), error.name()));
        anchor
            .chain(own)
            .find_map(|(number, name)| (number == code).then_some(name))
    };
    let name = name.unwrap_or_else(|| panic!("no cell expects error {code}"));
    format!("error {code} `{name}`")
}
