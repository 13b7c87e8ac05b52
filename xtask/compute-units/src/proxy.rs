//! One migration by proxy, all three programs included.

use {
    crate::{instructions::authorities, report::line},
    anyhow::{Result, ensure},
    app::instructions::InitializeV2Args,
    proxy::{
        client_migrator,
        releases::{migrator_as_released, successor_as_released},
    },
    successor::state::SuccessorConfig,
    support::{
        client_v1::{self, config_address},
        client_v2,
        releases::{newest_as_released, releases},
    },
    svm_harness::{Backend, Instruction, Keypair, Outcome, Pubkey, Signer, Svm},
};

/// What one `migrate_account` may cost at most.
const BUDGET: u64 = 30_000;

/// Authorities in the sample of [`Spread`].
const SAMPLE: usize = 500;

struct Migration {
    on: &'static str,
    compute_units: u64,
    /// What of it `app::retire` and `successor::adopt` took; the rest is the migrator's own.
    retire: u64,
    adopt: u64,
}

/// How far the cost of migrating a ConfigV1 depends on the bump of its new address.
struct Spread {
    least: u64,
    median: u64,
    greatest: u64,
}

/// The section of the report. A cost above the budget is an error.
pub async fn section() -> Result<String> {
    let migrations = measure().await;
    for row in &migrations {
        ensure!(
            row.compute_units <= BUDGET,
            "migrate_account of a {} costs {} compute units, more than {BUDGET}",
            row.on,
            row.compute_units,
        );
    }
    let spread = spread().await;
    ensure!(
        spread.greatest <= BUDGET,
        "migrate_account of an authority's ConfigV1 costs {} compute units, more than {BUDGET}",
        spread.greatest,
    );
    Ok(render(&migrations, &spread))
}

fn render(migrations: &[Migration], spread: &Spread) -> String {
    let mut text = String::new();
    line(
        &mut text,
        format_args!(
            "\n## A migration by proxy, all three programs included\n\n\
             One transaction with one `migrate_account` on `releases/v{newest}/app.so` and\n\
             `releases/proxy/{{migrator,successor}}.so`, which may cost at most {BUDGET}. `adopt` includes \
             what the System\nprogram takes to create the account; the bump of its address is 255.\n\n\
             | on | `migrate_account` | in `migrator` | in `app::retire` | in `successor::adopt` |\n\
             | --- | ---: | ---: | ---: | ---: |",
            newest = releases().newest()
        ),
    );
    for row in migrations {
        line(
            &mut text,
            format_args!(
                "| {} | {} | {} | {} | {} |",
                row.on,
                row.compute_units,
                row.compute_units - row.retire - row.adopt,
                row.retire,
                row.adopt
            ),
        );
    }
    line(
        &mut text,
        format_args!(
            "\n`adopt` searches for the new address: each bump below 255 costs 1500 more. Over {SAMPLE} \
             authorities, a\nConfigV1 costs {} at least, {} in the median and {} at most.",
            spread.least, spread.median, spread.greatest,
        ),
    );
    text
}

async fn measure() -> Vec<Migration> {
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

async fn spread() -> Spread {
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
    let mut svm = Svm::start(Backend::Loader, &newest_as_released()).await;
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
