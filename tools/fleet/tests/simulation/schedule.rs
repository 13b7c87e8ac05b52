//! Runs schedules, many on every core, and prints how to repeat one that breaks a promise.

use {
    crate::{
        cluster::{Counts, FIRST_SLOT, SLOT, World},
        fixture::fixture,
        invariants,
        ledger::Ledger,
        operator::Operator,
        scenario::Scenario,
        trace::Trace,
    },
    fastrand::Rng,
    futures::future::try_join_all,
    solana_pubkey::Pubkey,
    std::{
        collections::BTreeMap,
        panic::{AssertUnwindSafe, catch_unwind},
        path::Path,
        sync::{Arc, Mutex},
        time::Duration,
    },
    tokio::time::{sleep, timeout},
};

/// Virtual time after which nobody waits any longer.
const LONGEST: Duration = Duration::from_secs(4 * 60 * 60);
/// Slots after the last run in which a late transaction would still arrive.
const AFTERWARDS: u32 = 300;

/// What one schedule showed.
pub struct Played {
    pub paid: Paid,
    pub counts: Counts,
    /// Virtual slots that it took.
    pub slots: u64,
    pub trace: Vec<String>,
    pub broken: Vec<String>,
}

/// Lamports that the runners' transactions cost, at finalized slots.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Paid {
    pub fees: u64,
    /// By the account that got it.
    pub rents: BTreeMap<Pubkey, u64>,
}

impl Paid {
    fn of(world: &World) -> Self {
        let mut paid = Self::default();
        let landings = world.ledger.landings(world.ledger.head().finalized);
        for landing in landings.filter(|landing| world.action(&landing.signature()).is_none()) {
            paid.fees += landing.fee;
            for (address, before, after) in &landing.balances {
                if after > before {
                    *paid.rents.entry(*address).or_default() += after - before;
                }
            }
        }
        paid
    }
}

/// Runs the schedule of this seed.
pub fn run_seed(seed: u64, is_traced: bool) -> Played {
    let mut rng = Rng::with_seed(seed);
    let scenario = Scenario::seeded(&mut rng);
    run(&scenario, rng, is_traced)
}

/// Runs the scenario. What is left to chance comes from `rng`.
pub fn run(scenario: &Scenario, rng: Rng, is_traced: bool) -> Played {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime");
    let folder = tempfile::tempdir_in(memory()).expect("a folder for the journals");
    runtime.block_on(schedule(scenario, rng, is_traced, folder.path()))
}

async fn schedule(scenario: &Scenario, rng: Rng, is_traced: bool, folder: &Path) -> Played {
    let mut trace = Trace::new(is_traced);
    trace.note(|| {
        format!(
            "{:?} {:?} {:?}",
            scenario.faults, scenario.limits, scenario.crews
        )
    });
    let ledger = Ledger::new(
        fixture().machines.clone(),
        scenario.accounts.clone(),
        scenario.lamports_per_byte,
    );
    let world = World::new(
        ledger,
        scenario.faults.clone(),
        scenario.limits,
        scenario.events.clone(),
        rng,
        trace,
    );
    let world = Arc::new(Mutex::new(world));
    let operators: Vec<Operator> = scenario
        .crews
        .iter()
        .enumerate()
        .map(|(number, crew)| Operator {
            world: &world,
            crew,
            folder,
            number,
        })
        .collect();
    let all = try_join_all(operators.iter().map(Operator::operate));
    let mut done = match timeout(LONGEST, all).await {
        Ok(done) => done,
        Err(_) => Err("the schedule does not end".to_owned()),
    };
    sleep(SLOT * AFTERWARDS).await;
    if let Ok(all) = &mut done {
        for (operator, done) in operators.iter().zip(all) {
            if let Err(problem) = operator.verify(done).await {
                return outcome(&world, vec![format!("verify: {problem}")]);
            }
        }
    }
    world.lock().expect("alone").advance();
    let broken = match done {
        Err(problem) => vec![problem],
        Ok(done) => {
            let done: Vec<_> = scenario.crews.iter().zip(done).collect();
            invariants::broken(&world.lock().expect("alone"), scenario, &done)
        }
    };
    outcome(&world, broken)
}

fn outcome(world: &Mutex<World>, broken: Vec<String>) -> Played {
    let world = world.lock().expect("alone");
    Played {
        paid: Paid::of(&world),
        counts: world.counts.clone(),
        slots: world.slot() - FIRST_SLOT,
        trace: world.trace.lines().to_vec(),
        broken,
    }
}

/// Journals are synchronized to the disk again and again: where there is one in memory, that is faster.
fn memory() -> std::path::PathBuf {
    let shared = Path::new("/dev/shm");
    if shared.is_dir() {
        shared.to_owned()
    } else {
        std::env::temp_dir()
    }
}

/// What `run` shows, with a panic as one more thing that must not happen.
pub fn caught(run: impl FnOnce() -> Played) -> Played {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        let message = panic.downcast_ref::<String>().map(String::as_str);
        let message = message.or(panic.downcast_ref::<&str>().copied());
        Played {
            paid: Paid::default(),
            counts: Counts::new(),
            slots: 0,
            trace: Vec::new(),
            broken: vec![format!("it panics: {}", message.unwrap_or("?"))],
        }
    })
}
