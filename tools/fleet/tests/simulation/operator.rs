//! Somebody who runs the fleet's commands until the fleet is migrated.

use {
    crate::{
        cluster::{SLOT, SimulatedNode, World},
        fixture::{SOL, authority, donor, payer},
        scenario::{Crew, Mishap, Route},
        watch::Runner,
        world::{Action, Event},
    },
    anchor_lang_idl_spec::{Idl, IdlInstructionAccount, IdlInstructionAccountItem},
    demo::{MANIFEST, idl_v2},
    fleet::{
        client::{Client, Limits},
        cluster::ClusterError,
        direction::Direction,
        fees::FeePolicy,
        journal::{Journal, JournalError, Problem},
        keys::Keys,
        plan::{self, PlanError},
        report::VerifyReport,
        run::{Ended, Engine, RunError, RunOptions, Stop, StopReason},
        transition::Transition,
        verify::{self, VerifyError},
    },
    solana_keypair::Signer,
    std::{
        fs,
        future::{Future, poll_fn},
        path::{Path, PathBuf},
        pin::pin,
        sync::{Arc, Mutex, MutexGuard, OnceLock},
        task::Poll,
    },
    tokio::time::{sleep, timeout},
};

/// Slots in which a run on a calm cluster must end: a batch may be split five times, and each part is
/// followed until it is final.
const LONGEST_RUN: u64 = 2_500;
/// Runs after which somebody would give up.
const MOST_RUNS: usize = 60;
/// Slots after which everything that was signed before has expired and is finalized.
const EVERYTHING_HAS_EXPIRED: u64 = 600;

/// A journal and the runner that used it, when its crew had no more to do.
pub struct Done {
    pub runner: Runner,
    pub journal: PathBuf,
    /// `None`: the journal was damaged and is of no use.
    pub ended: Option<Ended>,
    /// What `fleet verify` says afterwards, when the run went to its end.
    pub verified: Option<VerifyReport>,
}

impl Done {
    fn new(runner: Runner, journal: &Path, ended: Option<Ended>) -> Self {
        Self {
            runner,
            journal: journal.to_owned(),
            ended,
            verified: None,
        }
    }

    /// Whether the run stopped for no reason but that there was no more to do.
    pub fn is_complete(&self) -> bool {
        self.ended
            .as_ref()
            .is_some_and(|ended| ended.stopped.is_none())
    }
}

/// One who operates a crew.
pub struct Operator<'a> {
    pub world: &'a Arc<Mutex<World>>,
    pub crew: &'a Crew,
    pub folder: &'a Path,
    /// Which of the crews it is.
    pub number: usize,
}

/// A command that was killed, or what it returned.
enum Ran<T> {
    Killed,
    Ended(T),
}

impl Operator<'_> {
    /// # Errors
    /// What must not happen.
    pub async fn operate(&self) -> Result<Vec<Done>, String> {
        let mut done = Vec::new();
        let mut kills = self.crew.kills.iter().copied();
        let mut options = self.crew.options.clone();
        let mut journal = self.new_journal(done.len());
        for run in 0..MOST_RUNS {
            if let Some(Mishap::Damage(random)) = self.mishap(run)
                && journal.1.exists()
            {
                damage(&journal.1, random);
                self.count("journals damaged");
            }
            if self.is_unusable(&journal.1) {
                self.count("journals given up");
                self.slots(EVERYTHING_HAS_EXPIRED).await;
                done.push(Done::new(journal.0, &journal.1, None));
                journal = self.new_journal(done.len());
            }
            let was_calm = self.world().is_calm();
            let (runner, path) = &journal;
            self.set_budget(*runner, options.max_lamports);
            let commands = self.commands(*runner, path, &options, run);
            let slots = self.world().slots_until_calm() + LONGEST_RUN;
            let commands = timeout(SLOT * u32::try_from(slots).expect("few"), commands);
            let ran = match kills.next() {
                Some(polls) => polled(commands, polls).await,
                None => Ran::Ended(commands.await),
            };
            let ended = match ran {
                Ran::Killed => {
                    self.note(|| format!("runner {runner} is killed"));
                    self.count("runs killed");
                    self.slots(self.crew.rest).await;
                    continue;
                }
                Ran::Ended(ended) => ended.map_err(|_| "the run does not end".to_owned())?,
            };
            self.note(|| format!("runner {runner} ended: {ended:?}"));
            match ended {
                Err(error) => self.react_to_error(error).await?,
                Ok(ended) => {
                    let is_over = match &ended.stopped {
                        None => was_calm,
                        Some(StopReason::ProgramUpgraded(_)) => {
                            self.count("journals planned anew for a new program");
                            done.push(Done::new(*runner, path, Some(ended)));
                            self.slots(10).await;
                            journal = self.new_journal(done.len());
                            continue;
                        }
                        Some(reason) => self.react_to_stop(reason, &mut options).await?,
                    };
                    if is_over {
                        done.push(Done::new(*runner, path, Some(ended)));
                        return Ok(done);
                    }
                    self.until_calm().await;
                }
            }
        }
        Err(format!(
            "crew {} is not done after {MOST_RUNS} runs",
            self.number
        ))
    }

    /// `fleet verify`, once nothing happens any more.
    pub async fn verify(&self, done: &mut [Done]) -> Result<(), String> {
        for done in done.iter_mut().filter(|done| done.is_complete()) {
            let client = self.client(done.runner);
            let mut journal = Journal::open(&done.journal).map_err(|error| error.to_string())?;
            let verified = verify::verify(&client, transition(self.crew.route), &mut journal).await;
            done.verified = Some(verified.map_err(|error| error.to_string())?);
        }
        Ok(())
    }

    fn client(&self, runner: Runner) -> Client<SimulatedNode> {
        let limits = Limits {
            calls_per_second: self.crew.calls_per_second,
            sends_per_second: self.crew.sends_per_second,
            attempts: 8,
            jitter_seed: runner as u64,
        };
        Client::new(SimulatedNode::new(self.world, runner), limits)
    }

    /// `fleet plan`, if there is no journal yet, and `fleet run`.
    async fn commands(
        &self,
        runner: Runner,
        path: &Path,
        options: &RunOptions,
        run: usize,
    ) -> Result<Ended, RunError> {
        let client = self.client(runner);
        let keys = Keys {
            authority: authority(),
            payer: payer(self.crew.payer),
        };
        let transition = transition(self.crew.route);
        while !path.exists() {
            self.plan(&client, &keys, path).await?;
        }
        let mut journal = Journal::open(path)?;
        if let Some(Mishap::DiskFull(left)) = self.mishap(run) {
            let len = fs::metadata(path).map_or(0, |file| file.len());
            journal.limit_size(len + left)?;
        }
        let ended = Engine::new(&client, transition, &keys, &mut journal, options.clone())
            .await?
            .run(&Stop::default(), &mut |_| {})
            .await?;
        match verify::audit(&client, &mut journal).await {
            Ok(_) => Ok(ended),
            Err(VerifyError::Journal(error)) => Err(RunError::Journal(error)),
            Err(VerifyError::Cluster(error)) => Err(RunError::Cluster(error)),
            Err(error) => Err(RunError::Cluster(ClusterError::Rejected(error.to_string()))),
        }
    }

    /// A plan that finds a program without the instruction is thrown away as long as that may change.
    async fn plan(
        &self,
        client: &Client<SimulatedNode>,
        keys: &Keys,
        path: &Path,
    ) -> Result<(), RunError> {
        let options = plan::PlanOptions {
            roles: keys.roles(),
            shard: self.crew.shard,
            fee_policy: FeePolicy::Fixed(0),
            transactions_per_second: 10,
            slot_time: SLOT,
            sample: 2,
            manifest_digest: [0; 32],
        };
        let transition = transition(self.crew.route);
        let was_calm = self.is_calm();
        // A plan that is killed is no plan.
        let draft = path.with_extension("draft");
        let _ = fs::remove_file(&draft);
        let planned = plan::plan(client, transition, idl_v2(), &draft, &options, &mut |_| {}).await;
        let report = planned.map_err(|error| match error {
            PlanError::Cluster(error) => RunError::Cluster(error),
            PlanError::Journal(error) => RunError::Journal(error),
            PlanError::Pack(error) => RunError::Pack(error),
            error => RunError::Cluster(ClusterError::Rejected(error.to_string())),
        })?;
        if report.needs_new_plan {
            if was_calm {
                let problems = report.problems.join("; ");
                return Err(RunError::Cluster(ClusterError::Rejected(problems)));
            }
            self.count("plans for a program without the instruction");
            self.slots(20).await;
        } else {
            fs::rename(draft, path).expect("a folder of the test's own");
        }
        Ok(())
    }

    async fn react_to_error(&self, error: RunError) -> Result<(), String> {
        match &error {
            RunError::Cluster(ClusterError::Transient { .. }) if !self.world().is_calm() => {
                self.count("runs without answers");
                self.slots(20).await;
                Ok(())
            }
            RunError::Journal(JournalError { problem, .. })
                if matches!(**problem, Problem::DiskFull)
                    && matches!(self.crew.mishap, Some((_, Mishap::DiskFull(_)))) =>
            {
                self.count("runs without room for their journal");
                Ok(())
            }
            _ => Err(format!("crew {}: {error:?}", self.number)),
        }
    }

    /// Whether the crew has no more to do.
    async fn react_to_stop(
        &self,
        reason: &StopReason,
        options: &mut RunOptions,
    ) -> Result<bool, String> {
        self.count(match reason {
            StopReason::Budget { .. } => "budgets reached",
            StopReason::Payer { .. } => "payers run dry",
            StopReason::TooManyQuarantined(_) => "runs with too many quarantined",
            StopReason::MaxAccounts(_) => "runs with enough accounts",
            _ => "runs stopped for other reasons",
        });
        match reason {
            StopReason::Budget { .. } if !self.crew.raises_budget => return Ok(true),
            StopReason::Budget { max, .. } => options.max_lamports = Some(max * 2 + 1_000_000),
            StopReason::Payer { .. } => self.fund_payer().await,
            StopReason::TooManyQuarantined(_) => options.max_quarantined += 50,
            StopReason::MaxAccounts(_) | StopReason::Interrupted => {}
            StopReason::NodeBehind | StopReason::StillGrowing if !self.world().is_calm() => {}
            StopReason::ProgramUpgraded(_)
            | StopReason::NodeBehind
            | StopReason::StillGrowing
            | StopReason::Rejected(_) => {
                return Err(format!("crew {} stopped: {reason}", self.number));
            }
        }
        Ok(false)
    }

    async fn fund_payer(&self) {
        self.world().happen(Event::Sends(Action::Transfer {
            from: donor(),
            to: payer(self.crew.payer).pubkey(),
            lamports: 50 * SOL,
        }));
        self.slots(40).await;
    }

    /// Whether the journal's file was damaged so that it cannot be used any more.
    fn is_unusable(&self, path: &Path) -> bool {
        let is_damaged = matches!(self.crew.mishap, Some((_, Mishap::Damage(_))));
        is_damaged && path.exists() && Journal::open(path).is_err()
    }

    fn mishap(&self, run: usize) -> Option<Mishap> {
        self.crew
            .mishap
            .filter(|(when, _)| *when == run)
            .map(|(_, mishap)| mishap)
    }

    fn new_journal(&self, journals: usize) -> (Runner, PathBuf) {
        let runner = self.number * MOST_RUNS + journals;
        (runner, self.folder.join(format!("{runner}.db")))
    }

    fn set_budget(&self, runner: Runner, max_lamports: Option<u64>) {
        let mut world = self.world();
        // `migrate` does not say what it may pay: its budget is for what is lacking when it is signed.
        let holds = self.crew.route != Route::Each || !world.changes_shortfalls();
        if let Some(lamports) = max_lamports.filter(|_| holds) {
            world.watch.set_budget(runner, lamports);
        }
    }

    async fn until_calm(&self) {
        while !self.is_calm() {
            self.slots(20).await;
        }
    }

    fn is_calm(&self) -> bool {
        let mut world = self.world();
        world.advance();
        world.is_calm()
    }

    async fn slots(&self, count: u64) {
        sleep(SLOT * u32::try_from(count).expect("few")).await;
        self.world().advance();
    }

    fn count(&self, what: &'static str) {
        self.world().count(what);
    }

    fn note(&self, line: impl FnOnce() -> String) {
        self.world().trace.note(line);
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().expect("no call panics")
    }
}

/// The future until it has been polled so often: what comes later is lost, as when a process is killed.
async fn polled<T>(future: impl Future<Output = T>, polls: u32) -> Ran<T> {
    let mut future = pin!(future);
    let mut left = polls;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(Ran::Killed);
        }
        left -= 1;
        match future.as_mut().poll(context) {
            Poll::Ready(value) => Poll::Ready(Ran::Ended(value)),
            Poll::Pending if left == 0 => Poll::Ready(Ran::Killed),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// Changes one byte of the file.
fn damage(path: &Path, random: u64) {
    let mut bytes = fs::read(path).expect("a journal");
    let at = usize::try_from(random).expect("64 bits") % bytes.len();
    bytes[at] ^= 1 << (random >> 61);
    fs::write(path, bytes).expect("a journal");
}

/// Of the demo's manifest, or of one that calls `migrate` for each account.
pub fn transition(route: Route) -> &'static Transition {
    static TRANSITIONS: OnceLock<[Transition; 3]> = OnceLock::new();
    let [many, each, rollback] = TRANSITIONS.get_or_init(|| {
        let read = |direction| {
            Transition::read(MANIFEST, idl_v2(), direction, None).expect("it fits the IDL")
        };
        let each = Transition::read(EACH, &naming_owners(), Direction::Migrate, None);
        [
            read(Direction::Migrate),
            each.expect("it fits the IDL"),
            read(Direction::Rollback),
        ]
    });
    match route {
        Route::Many => many,
        Route::Each => each,
        Route::Rollback => rollback,
    }
}

/// The IDL with one more account of `migrate`, which the program leaves alone: the address in a field.
fn naming_owners() -> Idl {
    let mut idl = idl_v2().clone();
    let mut instructions = idl.instructions.iter_mut();
    let migrate = instructions.find(|instruction| instruction.name == "migrate");
    let owner = IdlInstructionAccount {
        name: "owner".to_owned(),
        docs: Vec::new(),
        writable: false,
        signer: false,
        optional: false,
        address: None,
        pda: None,
        relations: Vec::new(),
    };
    let accounts = &mut migrate.expect("release 2 has it").accounts;
    accounts.push(IdlInstructionAccountItem::Single(owner));
    idl
}

const EACH: &str = r#"
program = "app"

[[migration]]
from = "ConfigV1"
to = "ConfigV2"
instruction = "migrate"
account = "config"

[fleet.ConfigV1.migrate]
instruction = "migrate"
account = "config"
accounts = { authority = "authority", payer = "payer", owner = "field:authority" }
"#;
