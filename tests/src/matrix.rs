//! What an instruction of a client can do with each account on each release of the program.

use {
    crate::{rejection::snapshot, scene::FUNDS},
    anchor_lang::error::ErrorCode,
    app::{error::ConfigError, state::AnyConfig},
    std::fmt::Write,
    support::{
        bytes::exact_bytes,
        client_v1, client_v2,
        key::key,
        releases::{newest, release, releases},
    },
    svm_harness::{Backend, Instruction, Keypair, Outcome, Program, Pubkey, Signer, Svm},
};

/// An instruction of a client.
pub struct Row {
    /// The first release whose client sends it.
    pub client: u64,
    pub instruction: &'static str,
    /// The instruction on the config of this authority, the upgrade authority being the second key.
    pub build: fn(&Pubkey, &Pubkey) -> Instruction,
    pub signed_by_upgrade_authority: bool,
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    V1,
    V2,
}

const DEPLOYED: [Deployed; 2] = [Deployed::Release1, Deployed::Newest];
const ACCOUNTS: [Option<Layout>; 3] = [None, Some(Layout::V1), Some(Layout::V2)];

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

/// Executes every cell and returns the table in Markdown.
///
/// `programs` are deployed beside the releases, and `describe` says in words what an accepted
/// instruction made of the config.
///
/// # Panics
/// When a rejected instruction changed an account, or as `describe` does.
pub async fn run(
    backend: Backend,
    rows: &[Row],
    programs: &[Program],
    describe: impl AsyncFn(&mut Svm, Pubkey) -> String,
) -> String {
    let mut header = String::from("| client | instruction |");
    let mut lines: Vec<String> = rows
        .iter()
        .map(|row| format!("| release {} | `{}` |", row.client, row.instruction))
        .collect();
    let mut columns = 2;
    for deployed in DEPLOYED {
        for account in ACCOUNTS {
            let column = Column { deployed, account };
            write!(header, " {} |", column.title()).expect("a String takes all text");
            let cells = column.run(backend, rows, programs, &describe).await;
            for (line, cell) in lines.iter_mut().zip(cells) {
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

impl Column {
    fn title(self) -> String {
        let account = match self.account {
            None => "no account",
            Some(Layout::V1) => "V1 account",
            Some(Layout::V2) => "V2 account",
        };
        format!("release {}, {account}", self.deployed.number())
    }

    async fn run(
        self,
        backend: Backend,
        rows: &[Row],
        programs: &[Program],
        describe: &impl AsyncFn(&mut Svm, Pubkey) -> String,
    ) -> Vec<String> {
        let authorities: Vec<Keypair> = rows.iter().map(|row| key(row.instruction)).collect();
        let mut svm = self.start(backend, programs, &authorities).await;
        let upgrade_authority = svm.upgrade_authority().insecure_clone();
        let mut cells = Vec::new();
        for (row, authority) in rows.iter().zip(&authorities) {
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

    /// A cluster with this column's release, on which each authority has this column's account.
    async fn start(self, backend: Backend, programs: &[Program], authorities: &[Keypair]) -> Svm {
        let mut svm = Svm::start(backend, &release(1)).await;
        for program in programs {
            svm.deploy(program).await;
        }
        let upgrade_authority = svm.upgrade_authority().pubkey();
        svm.fund(upgrade_authority, FUNDS).await;
        for authority in authorities {
            svm.fund(authority.pubkey(), FUNDS).await;
            if self.account.is_some() {
                let initialize = client_v1::initialize(&authority.pubkey(), 1);
                send(&mut svm, initialize, authority).await.expect_ok();
            }
        }
        let mut deployed = Deployed::Release1;
        if self.account == Some(Layout::V2) {
            deployed = Deployed::Newest;
            svm.upgrade(&deployed.program()).await;
            for authority in authorities {
                let address = authority.pubkey();
                let config = client_v2::config_address(&address);
                let migrate = client_v2::migrate(&config, &address, &address);
                send(&mut svm, migrate, authority).await.expect_ok();
            }
        }
        if deployed != self.deployed {
            svm.upgrade(&self.deployed.program()).await;
        }
        svm
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
    let code = outcome
        .custom_error()
        .unwrap_or_else(|| panic!("failed without a code: {:?}", outcome.result));
    let anchor = [
        ErrorCode::InstructionFallbackNotFound,
        ErrorCode::AccountDiscriminatorMismatch,
        ErrorCode::AccountNotInitialized,
    ]
    .map(|error| (u32::from(error), error.name()));
    let own = [ConfigError::NotMigrated, ConfigError::AlreadyMigrated]
        .map(|error| (u32::from(error), error.name()));
    let system = (0, "AccountAlreadyInUse".to_owned());
    let name = anchor
        .into_iter()
        .chain(own)
        .chain([system])
        .find_map(|(number, name)| (number == code).then_some(name))
        .unwrap_or_else(|| panic!("no cell expects error {code}"));
    format!("error {code} `{name}`")
}
