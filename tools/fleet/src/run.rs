//! Migrates what the journal says is pending, a slot at a time.
//!
//! In every slot the engine confirms what was sent, packs as many transactions as may
//! be under way at once, and sends them. It ends when nothing is under way, nothing is
//! pending and a sweep of the chain finds nothing more.

mod bisect;
mod budget;
pub(crate) mod compute_limits;
mod confirm;
mod dispatch;
mod dry_run;
mod refill;
mod report;
mod retry;
mod stop;
mod sweep;

pub use self::{
    dry_run::DryRun,
    report::report,
    stop::{Stop, StopReason},
};

use {
    self::{bisect::Isolated, budget::Budget, compute_limits::ComputeLimits, refill::Ready},
    crate::{
        client::Client,
        cluster::{At, Cluster, ClusterError, Commitment, LatestBlockhash},
        fees::FeePolicy,
        journal::{Attempt, Journal, JournalError, Totals},
        keys::Keys,
        pack::{PackError, Packer},
        rent::Rent,
        report::{Growth, Histogram},
        transition::Transition,
    },
    solana_pubkey::Pubkey,
    solana_signature::Signature,
    std::{
        collections::{BTreeMap, VecDeque},
        time::Duration,
    },
    thiserror::Error,
};

/// How a run goes about it.
#[derive(Clone, Debug)]
pub struct RunOptions {
    /// Migrates only what the plan has, and each account once. What the journal's first run chose counts.
    pub planned_only: bool,
    /// The most lamports that the whole fleet of this journal may cost: fees and rent.
    pub max_lamports: Option<u64>,
    /// The most accounts that this run takes up.
    pub max_accounts: Option<u64>,
    /// The run stops when it quarantined more accounts than this: the fleet itself must then be at fault.
    pub max_quarantined: u64,
    /// The most transactions that are sent and not yet confirmed.
    pub max_in_flight: usize,
    /// The most calls that wait for an answer at once.
    pub concurrency: usize,
    pub fee_policy: FeePolicy,
    /// The time that a slot takes: how long the engine waits between looks at the cluster.
    pub slot_time: Duration,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self {
            planned_only: false,
            max_lamports: None,
            max_accounts: None,
            max_quarantined: 10,
            max_in_flight: 64,
            concurrency: 16,
            fee_policy: FeePolicy::Fixed(0),
            slot_time: Duration::from_millis(200),
        }
    }
}

/// Why a run ended before it was done. The journal is intact: `fleet resume` goes on.
#[derive(Debug, Error)]
pub enum RunError {
    #[error("the cluster does not answer as needed: {0}")]
    Cluster(#[from] ClusterError),
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Pack(#[from] PackError),
}

/// How a run ended.
#[derive(Clone, Debug, Default)]
pub struct Ended {
    /// `None`: everything is migrated, closed or quarantined.
    pub stopped: Option<StopReason>,
    /// The slots of the first and of the last transaction that this run saw land.
    pub slots: Option<(u64, u64)>,
    /// Accounts that need nothing more, over slots.
    pub progress: Growth,
    /// Of the transactions that landed.
    pub compute_unit_limits: Histogram,
}

/// How far a run is.
#[derive(Clone, Copy, Debug)]
pub struct Tick {
    pub slot: u64,
    pub totals: Totals,
}

impl Tick {
    /// Accounts that need nothing more from this run.
    pub fn done(&self) -> u64 {
        let Totals {
            migrated,
            by_others,
            closed,
            quarantined,
            ..
        } = self.totals;
        migrated + by_others + closed + quarantined
    }
}

/// A transaction that can still land.
struct Live {
    attempt: Attempt,
    /// The slot around which it was sent last.
    sent_in: u64,
    /// Whether an earlier run sent it: its accounts are then found among the pending ones again.
    inherited: bool,
    /// The slot in which it landed, and why it failed there, once it is confirmed.
    confirmed: Option<(u64, Option<String>)>,
}

/// See the [module](self).
pub struct Engine<'a, C> {
    client: &'a Client<C>,
    transition: &'a Transition,
    keys: &'a Keys,
    journal: &'a mut Journal,
    options: RunOptions,
    packer: Packer<'a>,
    rent: Rent,
    compute_limits: ComputeLimits,
    budget: Budget,
    /// With the slot it was asked for in.
    blockhash: Option<(LatestBlockhash, u64)>,
    /// The newest slot that was seen.
    slot: u64,
    /// The newest finalized slot that was seen: no answer about accounts may be older.
    finalized_slot: u64,
    finalized_height: u64,
    live: BTreeMap<Signature, Live>,
    /// Accounts whose transaction failed, in the parts that are tried next.
    retries: VecDeque<Vec<Pubkey>>,
    /// Accounts that failed alone.
    isolated: BTreeMap<Pubkey, Isolated>,
    /// How many transactions landed for an account and left it in the old layout.
    in_vain: BTreeMap<Pubkey, u32>,
    /// Accounts that were read and wait for their transaction to be full.
    waiting: VecDeque<Ready>,
    /// How far the pending accounts of the journal were read.
    cursor: u64,
    /// The newest slot, confirmed, in which an account was seen to need nothing from this run.
    done_in: u64,
    taken: u64,
    quarantined: u64,
    /// Rejections in a row for reasons that lie with the node.
    node_behind: u32,
    sweeps: u32,
    ended: Ended,
}

impl<'a, C: Cluster> Engine<'a, C> {
    /// # Errors
    /// When the cluster does not answer what its rent is.
    pub async fn new(
        client: &'a Client<C>,
        transition: &'a Transition,
        keys: &'a Keys,
        journal: &'a mut Journal,
        mut options: RunOptions,
    ) -> Result<Self, RunError> {
        if let Some(chosen) = journal.planned_only()? {
            options.planned_only = chosen;
        }
        let rent = Rent::of(client).await?;
        let packer = Packer::new(transition, keys.roles());
        let budget = Budget::new(options.max_lamports, &journal.totals());
        // What the journal knows to be final is not asked of a node that does not know it yet.
        let finalized_slot = journal.last_landed_slot()?.unwrap_or(0);
        Ok(Self {
            client,
            transition,
            keys,
            journal,
            options,
            packer,
            rent,
            compute_limits: ComputeLimits::default(),
            budget,
            blockhash: None,
            slot: 0,
            finalized_slot,
            finalized_height: 0,
            live: BTreeMap::new(),
            retries: VecDeque::new(),
            isolated: BTreeMap::new(),
            in_vain: BTreeMap::new(),
            waiting: VecDeque::new(),
            cursor: 0,
            done_in: 0,
            taken: 0,
            quarantined: 0,
            node_behind: 0,
            sweeps: 0,
            ended: Ended::default(),
        })
    }

    /// Runs until everything is done and final. Once `stop` is set, nothing new is sent.
    ///
    /// # Errors
    /// When the cluster or the journal fails for good. What was sent is in the journal.
    pub async fn run(
        mut self,
        stop: &Stop,
        progress: &mut dyn FnMut(&Tick),
    ) -> Result<Ended, RunError> {
        self.journal
            .record_planned_only(self.options.planned_only)?;
        self.record_payer_balance().await?;
        self.take_up_open_attempts()?;
        if let Some(slot) = self.deployed_anew().await?.value {
            self.stop(StopReason::ProgramUpgraded(slot));
        }
        loop {
            if stop.is_set() {
                self.stop(StopReason::Interrupted);
            }
            self.confirm().await?;
            if self.goes_on() {
                let batches = self.refill().await?;
                if self.goes_on() {
                    self.dispatch(batches).await?;
                }
            }
            let tick = Tick {
                slot: self.slot,
                totals: self.journal.totals(),
            };
            self.ended.progress.push(tick.slot, tick.done());
            progress(&tick);
            if self.live.is_empty() && (!self.goes_on() || self.is_done().await?) {
                return Ok(self.ended);
            }
            tokio::time::sleep(self.pause()).await;
        }
    }

    /// Before the first transaction: the difference later is what the fleet cost.
    async fn record_payer_balance(&mut self) -> Result<(), RunError> {
        if self.journal.payer_balance()?.is_some() {
            return Ok(());
        }
        let payer = self.keys.roles().payer;
        let read = self
            .client
            .accounts(&[payer], Commitment::Finalized, 0)
            .await?;
        let account = read.value.into_iter().flatten().next();
        self.journal.record_payer_balance(At {
            slot: read.slot,
            value: account.map_or(0, |account| account.lamports),
        })?;
        Ok(())
    }

    /// Attempts that an earlier run left open are followed as they are: they may have landed.
    fn take_up_open_attempts(&mut self) -> Result<(), RunError> {
        for attempt in self.journal.open_attempts()? {
            self.live.insert(
                attempt.signature,
                Live {
                    attempt,
                    sent_in: 0,
                    inherited: true,
                    confirmed: None,
                },
            );
        }
        Ok(())
    }

    /// The first reason stands.
    fn stop(&mut self, reason: StopReason) {
        if self.goes_on() {
            tracing::warn!("stopping: {reason}");
            self.ended.stopped = Some(reason);
        }
    }

    fn goes_on(&self) -> bool {
        self.ended.stopped.is_none()
    }

    /// While transactions only wait to become final, a look in every slot would show nothing new.
    fn pause(&self) -> Duration {
        let waits_for_finality =
            !self.live.is_empty() && self.live.values().all(|live| live.confirmed.is_some());
        self.options.slot_time * if waits_for_finality { 4 } else { 1 }
    }

    /// Whether nothing is left to do; looks for more on the chain before it says so.
    async fn is_done(&mut self) -> Result<bool, RunError> {
        let idle = self.retries.is_empty() && self.isolated.is_empty() && self.waiting.is_empty();
        if !idle {
            return Ok(false);
        }
        // What was seen there may be undone, and a listing of finalized slots does not show it yet.
        if self.done_in > self.finalized_slot {
            return Ok(false);
        }
        // What an earlier attempt left pending lies before the cursor.
        self.cursor = 0;
        let (pending, _) = self.journal.pending(self.cursor, 1)?;
        if pending.is_empty() {
            return Ok(!self.sweep().await?);
        }
        if self.options.max_accounts == Some(self.taken) {
            self.stop(StopReason::MaxAccounts(self.taken));
            return Ok(true);
        }
        Ok(false)
    }
}
