//! What an instruction of a client can do with each account on each release of the program.

use {
    crate::{rejection::snapshot, scene::FUNDS},
    anchor_lang::error::ErrorCode,
    anchor_spl::token,
    app::{error::ConfigError, state::AnyConfig},
    std::fmt::Write,
    support::{
        bytes::exact_bytes,
        client_v1,
        client_v2::{self, FeeAccounts},
        key::key,
        releases::{newest, release, releases},
        tokens::Token,
    },
    svm_harness::{Backend, Instruction, Keypair, Outcome, Program, Pubkey, Signer, Svm},
};

/// An instruction of a client.
pub struct Row {
    /// The first release whose client sends it.
    pub client: u64,
    pub instruction: &'static str,
    /// What the table says behind the instruction's name; no two rows have both in common.
    pub how: &'static str,
    pub signer: RowSigner,
    /// The instruction on the config of this authority, the signer being the second key.
    pub build: fn(&Pubkey, &Pubkey) -> Instruction,
}

/// Who signs the instruction of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum RowSigner {
    Authority,
    UpgradeAuthority,
    /// [`operator`].
    Operator,
}

/// A part of the table, and what its rows need beside the program `app`.
pub struct Rows<'a, Prepare, Retire, Describe> {
    pub rows: &'a [Row],
    /// Numbers and names of errors of other programs.
    pub errors: &'a [(u32, String)],
    /// Deploys other programs and creates other accounts.
    pub prepare: Prepare,
    /// Ends the life of this authority's config.
    pub retire: Retire,
    /// Says in words what an accepted instruction made of a config.
    pub describe: Describe,
}

/// The state in which a cell's instruction meets the program and the account.
#[derive(Clone, Copy)]
struct Column {
    deployed: Deployed,
    account: Option<Layout>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Deployed {
    Release1,
    Newest,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Layout {
    V1,
    V2,
    /// V2 with a fee and an operator.
    FullV2,
    /// What is left of a config that moved to another program.
    Retired,
}

const DEPLOYED: [Deployed; 2] = [Deployed::Release1, Deployed::Newest];
const ACCOUNTS: [Option<Layout>; 5] = [
    None,
    Some(Layout::V1),
    Some(Layout::V2),
    Some(Layout::FullV2),
    Some(Layout::Retired),
];

/// The fee of a config in the column that has one, in the token of [`fee_accounts`].
pub const FEE: u64 = 5;

/// What pays that fee and what receives it, for one row.
pub fn fee_accounts() -> FeeAccounts {
    Token::accounts_of(token::ID)
}

/// The operator in that column; pays.
pub fn operator() -> Keypair {
    key("operator")
}

impl Row {
    /// The key pair by whose config the row is executed.
    pub fn authority(&self) -> Keypair {
        key(&format!("{}{}", self.instruction, self.how))
    }
}

impl Deployed {
    fn number(self) -> u64 {
        match self {
            Self::Release1 => 1,
            Self::Newest => releases().newest(),
        }
    }

    fn program(self) -> Program {
        match self {
            Self::Release1 => release(1),
            Self::Newest => newest(),
        }
    }
}

impl<Prepare, Retire, Describe> Rows<'_, Prepare, Retire, Describe>
where
    Prepare: AsyncFn(&mut Svm),
    Retire: AsyncFn(&mut Svm, &Keypair),
    Describe: AsyncFn(&mut Svm, Pubkey) -> String,
{
    /// Executes every cell and returns the table in Markdown.
    ///
    /// # Panics
    /// When a rejected instruction changed an account, or as `describe` does.
    pub async fn table(&self, backend: Backend) -> String {
        let mut header = String::from("| client | instruction |");
        let line = |row: &Row| {
            format!(
                "| release {} | `{}`{} |",
                row.client, row.instruction, row.how
            )
        };
        let mut lines: Vec<String> = self.rows.iter().map(line).collect();
        let mut columns = 2;
        for deployed in DEPLOYED {
            for account in ACCOUNTS {
                let column = Column { deployed, account };
                write!(header, " {} |", column.title()).expect("a String takes all text");
                for (line, cell) in lines.iter_mut().zip(self.cells(backend, column).await) {
                    write!(line, " {cell} |").expect("a String takes all text");
                }
                columns += 1;
            }
        }
        let rule = format!("|{}", " --- |".repeat(columns));
        [header, rule]
            .into_iter()
            .chain(lines)
            .fold(String::new(), |table, line| table + &line + "\n")
    }

    /// What each row comes to in this column.
    async fn cells(&self, backend: Backend, column: Column) -> Vec<String> {
        let mut svm = self.start(backend, column).await;
        let mut cells = Vec::new();
        for row in self.rows {
            let authority = row.authority();
            let signer = match row.signer {
                RowSigner::Authority => authority.insecure_clone(),
                RowSigner::UpgradeAuthority => svm.upgrade_authority().insecure_clone(),
                RowSigner::Operator => operator(),
            };
            let instruction = (row.build)(&authority.pubkey(), &signer.pubkey());
            let before = snapshot(&mut svm, std::slice::from_ref(&instruction)).await;
            let outcome = send(&mut svm, instruction.clone(), &signer).await;
            cells.push(if outcome.result.is_ok() {
                let config = client_v2::config_address(&authority.pubkey());
                (self.describe)(&mut svm, config).await
            } else {
                let after = snapshot(&mut svm, &[instruction]).await;
                assert_eq!(after, before, "{}: rejected but changed", row.instruction);
                error_name(&outcome, self.errors)
            });
        }
        cells
    }

    /// A cluster with the column's release, on which each row's authority has the column's account.
    async fn start(&self, backend: Backend, column: Column) -> Svm {
        let authorities: Vec<Keypair> = self.rows.iter().map(Row::authority).collect();
        let mut svm = Svm::start(backend, &release(1)).await;
        (self.prepare)(&mut svm).await;
        let upgrade_authority = svm.upgrade_authority().pubkey();
        svm.fund(upgrade_authority, FUNDS).await;
        for authority in &authorities {
            svm.fund(authority.pubkey(), FUNDS).await;
            if column.account.is_some() {
                let initialize = client_v1::initialize(&authority.pubkey(), 1);
                send(&mut svm, initialize, authority).await.expect_ok();
            }
        }
        let mut deployed = Deployed::Release1;
        if column.account > Some(Layout::V1) {
            deployed = Deployed::Newest;
            svm.upgrade(&deployed.program()).await;
            for authority in &authorities {
                migrate(&mut svm, authority).await;
                match column.account {
                    Some(Layout::FullV2) => fill(&mut svm, authority).await,
                    Some(Layout::Retired) => (self.retire)(&mut svm, authority).await,
                    _ => {}
                }
            }
        }
        if deployed != column.deployed {
            svm.upgrade(&column.deployed.program()).await;
        }
        svm
    }
}

impl Column {
    fn title(self) -> String {
        let account = match self.account {
            None => "no account",
            Some(Layout::V1) => "V1 account",
            Some(Layout::V2) => "V2 account",
            Some(Layout::FullV2) => "V2 account with fee and operator",
            Some(Layout::Retired) => "retired account",
        };
        format!("release {}, {account}", self.deployed.number())
    }
}

async fn migrate(svm: &mut Svm, authority: &Keypair) {
    let address = authority.pubkey();
    let config = client_v2::config_address(&address);
    let migrate = client_v2::migrate(&config, &address, &address);
    send(svm, migrate, authority).await.expect_ok();
}

/// Gives a config a fee and an operator.
async fn fill(svm: &mut Svm, authority: &Keypair) {
    let address = authority.pubkey();
    for instruction in [
        client_v2::set_operators(&address, vec![operator().pubkey()]),
        client_v2::set_fee(&address, FEE, fee_accounts().mint),
    ] {
        send(svm, instruction, authority).await.expect_ok();
    }
}

async fn send(svm: &mut Svm, instruction: Instruction, signer: &Keypair) -> Outcome {
    svm.send(&[instruction], &[signer]).await
}

/// What a config holds.
///
/// # Panics
/// When the account has bytes that are not exactly one layout's.
pub async fn describe(svm: &mut Svm, config: Pubkey) -> String {
    let Some(account) = svm.account(config).await else {
        return "closed".to_owned();
    };
    let config = AnyConfig::read(&account.data).expect("the account is of a known version");
    assert_eq!(exact_bytes(&config), account.data, "stray bytes");
    match config {
        AnyConfig::V1(config) => format!("V1, value {}", config.value),
        AnyConfig::V2(config) => {
            let extra = fee_and_operators(config.fee, config.operators.len());
            format!(
                "V2, value {}, revision {}{extra}",
                config.value, config.revision
            )
        }
    }
}

/// What a config has of them, in words.
pub fn fee_and_operators(fee: u64, operators: usize) -> String {
    let mut text = String::new();
    if fee > 0 {
        write!(text, ", fee {fee}").expect("a String takes all text");
    }
    if operators > 0 {
        write!(text, ", {operators} operator").expect("a String takes all text");
    }
    text
}

fn error_name(outcome: &Outcome, others: &[(u32, String)]) -> String {
    let code = outcome
        .custom_error()
        .unwrap_or_else(|| panic!("failed without a code: {:?}", outcome.result));
    let anchor = [
        ErrorCode::InstructionFallbackNotFound,
        ErrorCode::AccountDiscriminatorMismatch,
        ErrorCode::AccountNotInitialized,
        ErrorCode::AccountNotSigner,
    ]
    .map(|error| (u32::from(error), error.name()));
    let own = [
        ConfigError::NotMigrated,
        ConfigError::AlreadyMigrated,
        ConfigError::CannotUpdate,
        ConfigError::FeeAccountsMissing,
        ConfigError::WouldDiscardV2Data,
        ConfigError::Retired,
    ]
    .map(|error| (u32::from(error), error.name()));
    let system = (0, "AccountAlreadyInUse".to_owned());
    let name = anchor
        .into_iter()
        .chain(own)
        .chain([system])
        .chain(others.iter().cloned())
        .find_map(|(number, name)| (number == code).then_some(name))
        .unwrap_or_else(|| panic!("no cell expects error {code}"));
    format!("error {code} `{name}`")
}
