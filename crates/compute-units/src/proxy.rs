//! One migration by proxy, all three programs included.

use {
    crate::instructions::authorities,
    app::instructions::InitializeV2Args,
    successor::state::SuccessorConfig,
    svm_harness::{Backend, Instruction, Keypair, Outcome, Pubkey, Signer, Svm},
    testkit::{
        client_migrator,
        client_v1::{self, config_address},
        client_v2,
        release::{migrator_as_released, release_2_as_released, successor_as_released},
    },
};

/// What one `migrate_account` may cost at most.
pub const BUDGET: u64 = 30_000;

/// Authorities in the sample of [`Spread`].
pub const SAMPLE: usize = 500;

pub struct Migration {
    pub on: &'static str,
    pub compute_units: u64,
    /// What of it `app::retire` and `successor::adopt` took; the rest is the migrator's own.
    pub retire: u64,
    pub adopt: u64,
}

/// How far the cost of migrating a ConfigV1 depends on the bump of its new address.
pub struct Spread {
    pub least: u64,
    pub median: u64,
    pub greatest: u64,
}

pub async fn measure() -> Vec<Migration> {
    let authority = authorities()
        .find(|key| new_bump(&key.pubkey()) == u8::MAX)
        .expect("half of all keys have bump 255");
    let address = authority.pubkey();
    let with_operators = |operators: Vec<Pubkey>| {
        let args = InitializeV2Args {
            value: 1,
            fee: 5,
            fee_mint: address,
            operators,
        };
        client_v2::initialize_v2(&address, args)
    };
    let operators = authorities()
        .take(app::constants::MAX_OPERATORS.into())
        .map(|key| key.pubkey());

    let mut rows = Vec::new();
    for (on, create) in [
        ("ConfigV1", client_v1::initialize(&address, 1)),
        ("ConfigV2, no operators", with_operators(vec![])),
        (
            "ConfigV2, 16 operators",
            with_operators(operators.collect()),
        ),
    ] {
        // A retired config cannot be created again: each begins on a cluster of its own.
        let outcome = migrate(&mut start().await, &authority, create).await;
        rows.push(Migration {
            on,
            compute_units: outcome.compute_units,
            retire: consumed(&outcome, &app::ID),
            adopt: consumed(&outcome, &successor::ID),
        });
    }
    rows
}

pub async fn spread() -> Spread {
    let mut svm = start().await;
    let mut costs = Vec::new();
    for authority in authorities().take(SAMPLE) {
        let create = client_v1::initialize(&authority.pubkey(), 1);
        costs.push(migrate(&mut svm, &authority, create).await.compute_units);
    }
    costs.sort_unstable();
    Spread {
        least: costs[0],
        median: costs[SAMPLE / 2],
        greatest: costs[SAMPLE - 1],
    }
}

async fn start() -> Svm {
    let mut svm = Svm::start(Backend::Loader, &release_2_as_released()).await;
    svm.deploy(&migrator_as_released()).await;
    svm.deploy(&successor_as_released()).await;
    svm
}

async fn migrate(svm: &mut Svm, authority: &Keypair, create: Instruction) -> Outcome {
    let address = authority.pubkey();
    svm.fund(address, 1_000_000_000).await;
    svm.send(&[create], &[authority]).await.expect_ok();
    let migrate = client_migrator::migrate_account(&address, &address);
    svm.send(&[migrate], &[authority]).await.expect_ok()
}

/// The bump of the address that an authority's config gets in the successor program.
fn new_bump(authority: &Pubkey) -> u8 {
    SuccessorConfig::find_address(&config_address(authority)).1
}

/// Compute units that the transaction spent in a program it called once, in what that called too.
fn consumed(outcome: &Outcome, program: &Pubkey) -> u64 {
    let start = format!("Program {program} consumed ");
    outcome
        .logs
        .iter()
        .find_map(|line| line.strip_prefix(&start)?.split(' ').next()?.parse().ok())
        .expect("the runtime logs what a program consumed")
}
