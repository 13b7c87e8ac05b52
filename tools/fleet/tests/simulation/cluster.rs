//! A cluster in virtual time, and a node of it behind [`Cluster`].

use {
    crate::{
        faults::{DEEPEST_FORK, Faults, LATEST, NodeLimits, happens},
        fixture::rent,
        forks::{Bank, Place},
        ledger::{Landing, Ledger, NotNow},
        machine::Release,
        trace::Trace,
        watch::{Runner, Watch},
        world::{Action, Event},
    },
    fastrand::Rng,
    fleet::cluster::{
        Answer, At, BLOCKHASH_LIFETIME, Cluster, ClusterError, Commitment, Height, Landed,
        LatestBlockhash, Lookup, MAX_ACCOUNTS_PER_CALL, MAX_SIGNATURES_PER_CALL, Page, Query,
        Simulation, Status,
    },
    solana_account::Account,
    solana_hash::Hash,
    solana_packet::PACKET_DATA_SIZE,
    solana_pubkey::Pubkey,
    solana_signature::Signature,
    solana_transaction::versioned::VersionedTransaction,
    solana_transaction_error::TransactionError,
    std::{
        collections::{BTreeMap, HashMap, VecDeque},
        sync::{Arc, Mutex, MutexGuard},
        time::Duration,
    },
    tokio::time::{Instant, sleep},
};

pub const SLOT: Duration = Duration::from_millis(400);
/// The slot in which a schedule begins; older ones have a block each.
pub const FIRST_SLOT: u64 = 200;
/// Slots until a transaction of somebody else that a fork undid has landed again and is final.
const UNTIL_CALM: u64 = 100;
/// A transaction on its way to a block.
struct Pending {
    transaction: Arc<VersionedTransaction>,
    due: u64,
}

/// What happened how often: a schedule in which nothing happens proves nothing.
pub type Counts = BTreeMap<&'static str, u64>;

/// Everything behind the nodes.
pub struct World {
    pub ledger: Ledger,
    pub watch: Watch,
    pub trace: Trace,
    pub counts: Counts,
    faults: Faults,
    limits: NodeLimits,
    rng: Rng,
    started: Instant,
    slot: u64,
    calm_from: u64,
    mempool: Vec<Pending>,
    events: VecDeque<(u64, Event)>,
    /// Of the others, by their signatures.
    actions: HashMap<Signature, Action>,
    rent: u64,
    changes_shortfalls: bool,
    release: Release,
    /// The end of the fork that was left last, and until when a node may still be there.
    abandoned: Option<(Place, u64)>,
}

impl World {
    /// The events are in the order of their slots.
    pub fn new(
        mut ledger: Ledger,
        faults: Faults,
        limits: NodeLimits,
        events: Vec<(u64, Event)>,
        rng: Rng,
        trace: Trace,
    ) -> Self {
        for slot in 1..=FIRST_SLOT {
            ledger.begin_block(slot, 1, 32);
        }
        let rent = ledger.rent(ledger.tip());
        let changes_shortfalls = events.iter().any(|(_, event)| {
            matches!(event, Event::Rent(_) | Event::Sends(Action::Initialize(..)))
        });
        let last_event = events.last().map_or(0, |(slot, _)| *slot);
        Self {
            calm_from: faults.until.max(last_event).saturating_add(UNTIL_CALM),
            ledger,
            watch: Watch::default(),
            trace,
            counts: Counts::new(),
            faults,
            limits,
            rng,
            started: Instant::now(),
            slot: FIRST_SLOT,
            mempool: Vec::new(),
            events: events.into(),
            actions: HashMap::new(),
            rent,
            changes_shortfalls,
            release: Release::Two,
            abandoned: None,
        }
    }

    pub fn slot(&self) -> u64 {
        self.slot
    }

    /// Whether nothing happens any more but what runners do, and all that happened before is final.
    pub fn is_calm(&self) -> bool {
        self.slot >= self.calm_from
    }

    /// Whether the rent ever changes, or an account is made anew with less lamports.
    pub fn changes_shortfalls(&self) -> bool {
        self.changes_shortfalls
    }

    pub fn slots_until_calm(&self) -> u64 {
        self.calm_from.saturating_sub(self.slot)
    }

    pub fn action(&self, signature: &Signature) -> Option<&Action> {
        self.actions.get(signature)
    }

    pub fn count(&mut self, what: &'static str) {
        *self.counts.entry(what).or_default() += 1;
    }

    fn note(&mut self, line: impl FnOnce() -> String) {
        let slot = self.slot;
        self.trace.note(|| format!("{slot} {}", line()));
    }

    /// Whether a fault of this chance happens now.
    fn fails(&mut self, per_thousand: u16) -> bool {
        self.slot < self.faults.until && happens(&mut self.rng, per_thousand)
    }

    /// Brings the cluster to the present.
    pub fn advance(&mut self) {
        let elapsed = self.started.elapsed().as_nanos() / SLOT.as_nanos();
        let now = FIRST_SLOT + u64::try_from(elapsed).expect("less than an eternity");
        while self.slot < now {
            self.slot += 1;
            self.next_slot();
        }
    }

    fn next_slot(&mut self) {
        while self
            .events
            .front()
            .is_some_and(|(slot, _)| *slot <= self.slot)
        {
            let (_, event) = self.events.pop_front().expect("just seen");
            self.note(|| format!("event {event:?}"));
            self.happen(event);
        }
        if self.fails(self.faults.fork) {
            self.fork();
        }
        if self.fails(self.faults.skipped_slot) {
            self.count("slots skipped");
            return;
        }
        let (confirm_after, finalize_after) = self.commitment_delays();
        self.ledger
            .begin_block(self.slot, confirm_after, finalize_after);
        let place = self.ledger.tip();
        if self.ledger.rent(place) != self.rent {
            self.ledger.set_rent(self.rent);
        }
        if self.ledger.deployed(place).release != self.release {
            self.ledger.deploy(self.release);
        }
        self.land_what_is_due();
        self.watch.check_budgets(&self.ledger, place);
    }

    fn commitment_delays(&mut self) -> (u64, u64) {
        if self.slot >= self.faults.until {
            return (1, 32);
        }
        let confirm_after = self.rng.u64(self.faults.confirm_after.clone());
        (
            confirm_after,
            self.rng.u64(self.faults.finalize_after.clone()),
        )
    }

    pub fn happen(&mut self, event: Event) {
        match event {
            Event::Sends(action) => {
                let number = self.actions.len() as u64;
                let transaction = action.transaction(number, self.ledger.head().hash);
                self.actions.insert(transaction.signatures[0], action);
                let due = self.slot;
                self.mempool.push(Pending { transaction, due });
            }
            Event::Rent(lamports_per_byte) => {
                self.count("rent changed");
                self.rent = lamports_per_byte;
            }
            Event::Upgrade(release) => {
                self.count("program upgraded");
                self.release = release;
            }
        }
    }

    /// Undoes the newest blocks. What landed in them lands again later, or never.
    fn fork(&mut self) {
        let old = self.ledger.head();
        let depth = self.rng.u64(1..=DEEPEST_FORK);
        let undone = self.ledger.fork(self.slot.saturating_sub(depth + 1));
        if old.confirmed.slot > self.ledger.tip().slot {
            self.count("confirmed slots rolled back");
        }
        let again = *crate::faults::pick(&mut self.rng, &[0, 500, 1_000]);
        let at = self.ledger.tip().slot;
        self.note(|| format!("fork behind {at}, undone {}", undone.len()));
        for transaction in undone {
            self.count("transactions rolled back");
            if happens(&mut self.rng, again) {
                let due = self.slot + self.rng.u64(0..40);
                self.mempool.push(Pending { transaction, due });
            }
        }
        self.abandoned = Some((old.place, self.slot + self.rng.u64(1..20)));
    }

    fn land_what_is_due(&mut self) {
        let slot = self.slot;
        let due: Vec<_> = self
            .mempool
            .extract_if(.., |pending| pending.due <= slot)
            .collect();
        for Pending { transaction, .. } in due {
            let signature = transaction.signatures[0];
            let (line, count) = match self.ledger.land(&transaction) {
                Ok(landing) => match &landing.error {
                    None => (format!("{signature} landed"), "transactions landed"),
                    Some(error) => (
                        format!("{signature} landed and failed: {error}"),
                        "transactions failed",
                    ),
                },
                Err(NotNow::LandedBefore) => continue,
                Err(NotNow::NoBlockhash) => {
                    (format!("{signature} expired"), "transactions expired")
                }
                Err(NotNow::NotCharged) => (
                    format!("{signature} has no fee payer"),
                    "transactions without fee payer",
                ),
            };
            self.count(count);
            self.note(|| line);
        }
    }

    /// Where the node is that answers now.
    fn view(&mut self) -> Place {
        let head = self.ledger.head().place;
        if !self.fails(self.faults.stale) {
            return head;
        }
        self.count("stale answers");
        match self.abandoned {
            Some((place, until)) if self.slot < until && self.rng.bool() => place,
            _ => {
                let slots = self.rng.u64(0..=self.faults.lag);
                let slot = head.slot.saturating_sub(slots);
                self.ledger.forks.bank(Place { slot, ..head }).place
            }
        }
    }

    /// The network takes the transaction, or loses it, or delivers it several times.
    fn take(&mut self, transaction: &Arc<VersionedTransaction>) {
        let signature = transaction.signatures[0];
        if self.fails(self.faults.dropped) {
            self.count("sends dropped");
            self.note(|| format!("{signature} is lost"));
            return;
        }
        let copies = if self.fails(self.faults.duplicated) {
            self.count("sends duplicated");
            self.rng.u32(2..4)
        } else {
            1
        };
        for _ in 0..copies {
            let delay = if self.fails(self.faults.late) {
                self.count("sends late");
                self.rng.u64(1..=LATEST)
            } else {
                self.rng.u64(0..2)
            };
            self.mempool.push(Pending {
                transaction: transaction.clone(),
                due: self.slot + 1 + delay,
            });
        }
    }

    /// What a node at `view` answers to a transaction that it is asked to send.
    fn send(&mut self, transaction: &Arc<VersionedTransaction>, view: Place) -> Answer<()> {
        let confirmed = self.ledger.committed(view, Commitment::Confirmed);
        let signature = transaction.signatures[0];
        if self.ledger.landing(&signature, confirmed.place).is_some() {
            return Ok(());
        }
        let rejected = |error, logs| Err(ClusterError::Preflight { error, logs });
        let age = self.ledger.age(transaction, confirmed.place);
        if age.is_none_or(|age| age > BLOCKHASH_LIFETIME) {
            self.count("preflights without blockhash");
            self.note(|| format!("{signature} has no blockhash"));
            return rejected(TransactionError::BlockhashNotFound, Vec::new());
        }
        let done = self.ledger.simulate(transaction, confirmed.place);
        if let Err(error) = done.result {
            self.count("preflights failed");
            self.note(|| format!("{signature} would fail: {error}"));
            return rejected(error, done.logs);
        }
        self.take(transaction);
        Ok(())
    }

    fn listed(&mut self, query: &Query, bank: Bank) -> Vec<(Pubkey, Account)> {
        let all = self.ledger.accounts(bank.place);
        let matching = all.filter(|(_, account)| matches(query, account));
        let mut listed: Vec<_> = matching
            .map(|(address, account)| (*address, account.clone()))
            .collect();
        if self.fails(self.faults.truncated) {
            self.count("listings truncated");
            listed.retain(|_| self.rng.u8(..4) > 0);
        }
        if !listed.is_empty() && self.fails(self.faults.repeated) {
            self.count("listings with repetitions");
            let again = listed[self.rng.usize(..listed.len())].clone();
            let at = self.rng.usize(..=listed.len());
            listed.insert(at, again);
        }
        listed
    }
}

fn matches(query: &Query, account: &Account) -> bool {
    let has = |offset: u64, bytes: &[u8]| {
        let rest = usize::try_from(offset).ok();
        let rest = rest.and_then(|offset| account.data.get(offset..));
        rest.is_some_and(|rest| rest.starts_with(bytes))
    };
    account.owner == query.program_id
        && has(0, &query.discriminator)
        && query
            .data_len
            .is_none_or(|len| len == account.data.len() as u64)
        && query
            .partition
            .as_ref()
            .is_none_or(|(offset, bytes)| has(*offset, bytes))
}

/// How one call goes.
struct Conduct {
    before: Duration,
    after: Duration,
    fault: Option<Fault>,
}

struct Fault {
    error: ClusterError,
    /// Whether the request has its effect nevertheless.
    has_effect: bool,
}

impl World {
    fn conduct(&mut self) -> Conduct {
        self.advance();
        let latency = if self.slot < self.faults.until {
            self.faults.latency.clone()
        } else {
            Faults::NONE.latency
        };
        let mut milliseconds = || Duration::from_millis(self.rng.u64(latency.clone()));
        let (before, mut after) = (milliseconds(), milliseconds());
        let fault = self.fault();
        if fault.as_ref().is_some_and(|fault| fault.error.is_timeout()) {
            after = Duration::from_secs(self.rng.u64(2..=30));
        }
        Conduct {
            before,
            after,
            fault,
        }
    }

    fn fault(&mut self) -> Option<Fault> {
        let transient = |message: &str, retry_after| ClusterError::Transient {
            message: message.to_owned(),
            retry_after,
        };
        if self.faults.outage.contains(&self.slot) {
            self.count("calls without connection");
            return Some(Fault {
                error: transient("connection refused", None),
                has_effect: false,
            });
        }
        if self.fails(self.faults.timeout) {
            self.count("timeouts");
            return Some(Fault {
                error: transient(TIMEOUT, None),
                has_effect: self.rng.bool(),
            });
        }
        if self.fails(self.faults.too_many_requests) {
            self.count("calls rejected with 429");
            let retry_after = self
                .rng
                .bool()
                .then(|| Duration::from_secs(self.rng.u64(..=5)));
            return Some(Fault {
                error: transient("HTTP 429", retry_after),
                has_effect: false,
            });
        }
        if self.fails(self.faults.server_error) {
            self.count("calls rejected with 5xx");
            return Some(Fault {
                error: transient("HTTP 503", None),
                has_effect: self.rng.bool(),
            });
        }
        None
    }
}

const TIMEOUT: &str = "no answer in time";

trait IsTimeout {
    fn is_timeout(&self) -> bool;
}

impl IsTimeout for ClusterError {
    fn is_timeout(&self) -> bool {
        matches!(self, Self::Transient { message, .. } if message == TIMEOUT)
    }
}

/// The cluster as one runner sees it.
#[derive(Clone)]
pub struct SimulatedNode {
    world: Arc<Mutex<World>>,
    runner: Runner,
}

impl SimulatedNode {
    pub fn new(world: &Arc<Mutex<World>>, runner: Runner) -> Self {
        Self {
            world: world.clone(),
            runner,
        }
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().expect("no call panics")
    }

    /// One request: it travels, has its effect at a node, and the answer travels back.
    async fn call<T>(
        &self,
        method: &'static str,
        effect: impl FnOnce(&mut World, Place) -> Answer<T>,
    ) -> Answer<T> {
        let conduct = self.world().conduct();
        sleep(conduct.before).await;
        let has_effect = conduct.fault.as_ref().is_none_or(|fault| fault.has_effect);
        let answer = has_effect.then(|| {
            let mut world = self.world();
            world.advance();
            let view = world.view();
            let runner = self.runner;
            world.note(|| format!("runner {runner} {method} at slot {}", view.slot));
            effect(&mut world, view)
        });
        sleep(conduct.after).await;
        match (conduct.fault, answer) {
            (None, Some(answer)) => answer,
            (Some(fault), _) => {
                let runner = self.runner;
                self.world()
                    .note(|| format!("runner {runner} {method}: {}", fault.error));
                Err(fault.error)
            }
            (None, None) => unreachable!("without a fault a request has its effect"),
        }
    }
}

impl Cluster for SimulatedNode {
    async fn genesis_hash(&self) -> Answer<Hash> {
        self.call("genesis_hash", |_, _| Ok(Hash::new_from_array([7; 32])))
            .await
    }

    async fn height(&self, commitment: Commitment) -> Answer<Height> {
        self.call("progress", |world, view| {
            let bank = world.ledger.committed(view, commitment);
            Ok(Height {
                slot: bank.place.slot,
                block_height: bank.height,
            })
        })
        .await
    }

    async fn latest_blockhash(&self) -> Answer<LatestBlockhash> {
        self.call("latest_blockhash", |world, view| {
            let bank = world.ledger.committed(view, Commitment::Confirmed);
            Ok(LatestBlockhash {
                hash: bank.hash,
                last_valid_block_height: bank.height + BLOCKHASH_LIFETIME,
            })
        })
        .await
    }

    async fn rent_exempt_minimum(&self, data_len: u64) -> Answer<u64> {
        self.call("rent_exempt_minimum", |world, view| {
            let bank = world.ledger.committed(view, Commitment::Confirmed);
            Ok(rent(world.ledger.rent(bank.place), data_len as usize))
        })
        .await
    }

    async fn program_accounts(&self, query: &Query) -> Answer<At<Vec<(Pubkey, Account)>>> {
        self.call("program_accounts", |world, view| {
            let bank = world.ledger.committed(view, query.commitment);
            let value = world.listed(query, bank);
            if value.len() > world.limits.listing {
                world.count("listings too large");
                return Err(ClusterError::TooLarge(format!("{} accounts", value.len())));
            }
            Ok(At {
                slot: bank.place.slot,
                value,
            })
        })
        .await
    }

    async fn program_accounts_page(
        &self,
        query: &Query,
        cursor: Option<&str>,
        limit: usize,
    ) -> Answer<Page> {
        self.call("program_accounts_page", |world, view| {
            if !world.limits.pages {
                return Err(ClusterError::Unsupported("Method not found".to_owned()));
            }
            let bank = world.ledger.committed(view, query.commitment);
            let mut accounts = world.listed(query, bank);
            if let Some(cursor) = cursor {
                let last: Pubkey = cursor.parse().map_err(|_| {
                    ClusterError::Rejected(format!("Invalid paginationKey: {cursor}"))
                })?;
                accounts.retain(|(address, _)| *address > last);
            }
            accounts.truncate(limit.min(world.limits.listing));
            Ok(Page {
                slot: bank.place.slot,
                next: accounts.last().map(|(address, _)| address.to_string()),
                accounts,
            })
        })
        .await
    }

    async fn accounts(
        &self,
        addresses: &[Pubkey],
        commitment: Commitment,
        min_slot: u64,
    ) -> Answer<At<Vec<Option<Account>>>> {
        self.call("accounts", |world, view| {
            if addresses.len() > MAX_ACCOUNTS_PER_CALL {
                return Err(ClusterError::Rejected(
                    "Too many inputs provided".to_owned(),
                ));
            }
            let place = world.ledger.committed(view, commitment).place;
            if place.slot < min_slot {
                world.count("nodes behind the minimum slot");
                return Err(ClusterError::Transient {
                    message: "Minimum context slot has not been reached".to_owned(),
                    retry_after: None,
                });
            }
            let accounts = addresses.iter();
            Ok(At {
                slot: place.slot,
                value: accounts
                    .map(|address| world.ledger.account(address, place))
                    .collect(),
            })
        })
        .await
    }

    async fn account_start(
        &self,
        address: &Pubkey,
        len: usize,
        commitment: Commitment,
    ) -> Answer<At<Option<Vec<u8>>>> {
        self.call("account_start", |world, view| {
            let place = world.ledger.committed(view, commitment).place;
            Ok(At {
                slot: place.slot,
                value: world.ledger.start(address, len, place),
            })
        })
        .await
    }

    async fn simulate(
        &self,
        transaction: &VersionedTransaction,
        accounts: &[Pubkey],
    ) -> Answer<Simulation> {
        self.call("simulate", |world, view| {
            let place = world.ledger.committed(view, Commitment::Confirmed).place;
            let done = world.ledger.simulate(transaction, place);
            let after = |address: &Pubkey| {
                let changed = done.accounts.iter().find(|(changed, _)| changed == address);
                changed.and_then(|(_, account)| account.clone())
            };
            Ok(Simulation {
                slot: place.slot,
                accounts: accounts.iter().map(after).collect(),
                error: done.result.err(),
                logs: done.logs,
                compute_units: done.compute_units,
            })
        })
        .await
    }

    async fn send(&self, transaction: &VersionedTransaction) -> Answer<()> {
        let transaction = Arc::new(transaction.clone());
        {
            let mut guard = self.world();
            let world = &mut *guard;
            world.advance();
            let first =
                world
                    .watch
                    .sends(self.runner, &transaction, &world.ledger, &mut world.trace);
            if first {
                check_form(&transaction)?;
            }
        }
        let sent = transaction.clone();
        let answer = self
            .call("send", move |world, view| world.send(&sent, view))
            .await;
        if let Err(ClusterError::Preflight { .. }) = answer {
            let mut world = self.world();
            world
                .watch
                .rejected(self.runner, &transaction.signatures[0]);
        }
        answer
    }

    async fn statuses(
        &self,
        signatures: &[Signature],
        lookup: Lookup,
    ) -> Answer<At<Vec<Option<Status>>>> {
        self.call("statuses", |world, view| {
            if signatures.len() > MAX_SIGNATURES_PER_CALL {
                return Err(ClusterError::Rejected(
                    "Too many inputs provided".to_owned(),
                ));
            }
            let signatures = signatures.iter();
            Ok(At {
                slot: view.slot,
                value: signatures
                    .map(|signature| world.ledger.status(signature, view, lookup))
                    .collect(),
            })
        })
        .await
    }

    async fn recent_prioritization_fees(&self, _addresses: &[Pubkey]) -> Answer<Vec<u64>> {
        self.call("recent_prioritization_fees", |world, _| {
            Ok((0..20).map(|_| world.rng.u64(..5_000)).collect())
        })
        .await
    }

    async fn signatures_of(&self, address: &Pubkey, after_slot: u64) -> Answer<Vec<Signature>> {
        self.call("signatures_of", |world, view| {
            let place = world.ledger.committed(view, Commitment::Finalized).place;
            let newest_first = world.ledger.landings(place).rev();
            let naming = newest_first
                .filter(|landing| landing.place.slot > after_slot && names(landing, address));
            Ok(naming.map(Landing::signature).collect())
        })
        .await
    }

    async fn transaction(&self, signature: &Signature) -> Answer<Option<Landed>> {
        self.call("transaction", |world, view| {
            let place = world.ledger.committed(view, Commitment::Finalized).place;
            let landing = world.ledger.landing(signature, place);
            Ok(landing.map(|landing| Landed {
                slot: landing.place.slot,
                fee: landing.fee,
                error: landing.error.clone(),
                balances: landing.balances.clone(),
            }))
        })
        .await
    }
}

fn names(landing: &Landing, address: &Pubkey) -> bool {
    let keys = landing.transaction.message.static_account_keys();
    keys.contains(address)
}

/// A node takes nothing that is too large or not signed.
fn check_form(transaction: &VersionedTransaction) -> Answer<()> {
    let len = wincode::serialized_size(transaction).expect("a transaction");
    if len > PACKET_DATA_SIZE as u64 {
        return Err(ClusterError::Rejected(format!("{len} bytes are too large")));
    }
    if transaction.verify_with_results().contains(&false) {
        return Err(ClusterError::Rejected("a signature is wrong".to_owned()));
    }
    Ok(())
}
