//! What must be so in the end, whatever happened.

use {
    crate::{
        cluster::World,
        fixture::{payer, rent},
        forks::Place,
        model::{self, Configs, Known},
        operator::{Done, transition},
        scenario::{Crew, Route, Scenario},
        watch::Runner,
        world::Event,
    },
    fleet::{
        journal::{Journal, State},
        run::report,
        transition::Stage,
    },
    solana_pubkey::Pubkey,
    solana_signature::Signature,
    solana_signer::Signer,
    std::collections::{BTreeMap, BTreeSet},
};

/// Everything that is not as it must be.
pub fn broken(world: &World, scenario: &Scenario, done: &[(&Crew, Vec<Done>)]) -> Vec<String> {
    let place = world.ledger.head().finalized;
    let mut broken = world.watch.violations.clone();
    let (configs, history) = replayed(world, scenario, place, &mut broken);
    accounts(world, scenario, place, &configs, &mut broken);
    lamports(world, scenario, place, &mut broken);
    for (crew, journals) in done {
        for (index, done) in journals.iter().enumerate() {
            let is_last = index + 1 == journals.len();
            let checked = Checked {
                world,
                scenario,
                crew,
                done,
                place,
                history: &history,
            };
            if let Err(error) = checked.journal(is_last, &mut broken) {
                broken.push(format!("journal of runner {}: {error}", done.runner));
            }
        }
    }
    broken
}

/// Who changed the layout of an account last.
type LayoutChanges = BTreeMap<Pubkey, Signature>;

fn replayed(
    world: &World,
    scenario: &Scenario,
    place: Place,
    broken: &mut Vec<String>,
) -> (Configs, LayoutChanges) {
    let known = |signature: &Signature| match world.action(signature) {
        Some(action) => Known::Other(action),
        None => Known::Fleet,
    };
    let mut history = LayoutChanges::new();
    let replay = model::replay(
        scenario.configs.clone(),
        &world.ledger,
        place,
        known,
        &mut |address, signature| {
            history.insert(address, signature);
        },
    );
    broken.extend(replay.1);
    (replay.0, history)
}

/// Every account is exactly what its history makes of it.
fn accounts(
    world: &World,
    scenario: &Scenario,
    place: Place,
    configs: &Configs,
    broken: &mut Vec<String>,
) {
    let addresses: BTreeSet<&Pubkey> = scenario.configs.keys().chain(configs.keys()).collect();
    for address in addresses {
        let account = world.ledger.account(address, place);
        broken.extend(model::difference(
            address,
            account.as_ref(),
            configs.get(address),
        ));
    }
    for (address, odd) in &scenario.odd {
        if world.ledger.account(address, place).as_ref() != Some(odd) {
            broken.push(format!("{address} was changed"));
        }
    }
}

/// What all accounts hold together is what they began with, without the fees.
fn lamports(world: &World, scenario: &Scenario, place: Place, broken: &mut Vec<String>) {
    let first: u64 = scenario
        .accounts
        .iter()
        .map(|(_, account)| account.lamports)
        .sum();
    let last: u64 = world
        .ledger
        .accounts(place)
        .map(|(_, account)| account.lamports)
        .sum();
    let fees: u64 = world
        .ledger
        .landings(place)
        .map(|landing| landing.fee)
        .sum();
    if first != last + fees {
        broken.push(format!("{first} lamports became {last} and {fees} of fees"));
    }
}

struct Checked<'a> {
    world: &'a World,
    scenario: &'a Scenario,
    crew: &'a Crew,
    done: &'a Done,
    place: Place,
    history: &'a LayoutChanges,
}

/// What a runner's transactions did, by the ledger.
#[derive(Debug, Default, PartialEq, Eq)]
struct Spent {
    landed: u64,
    failed: u64,
    fees: u64,
    top_up: u64,
}

impl Checked<'_> {
    fn journal(&self, is_last: bool, broken: &mut Vec<String>) -> Result<(), String> {
        let Some(ended) = &self.done.ended else {
            return Ok(());
        };
        let journal = Journal::open(&self.done.journal).map_err(|error| error.to_string())?;
        let runner = self.done.runner;
        let totals = journal.totals();
        if (totals.open, totals.in_flight, totals.reserved) != (0, 0, 0) {
            broken.push(format!(
                "runner {runner} ended with open attempts: {totals:?}"
            ));
        }
        let report = report(
            transition(self.crew.route),
            &journal,
            ended.clone(),
            self.crew.options.max_lamports,
            &BTreeMap::new(),
        );
        let report = report.map_err(|error| error.to_string())?;
        let reported = Spent {
            landed: report.transactions.landed,
            failed: report.transactions.failed,
            fees: report.lamports.fees,
            top_up: report.lamports.top_up,
        };
        let spent = self.spent(runner);
        if reported != spent {
            broken.push(format!(
                "runner {runner} reports {reported:?}, and it was {spent:?}"
            ));
        }
        self.states(&journal, broken)?;
        if is_last && ended.stopped.is_none() {
            if totals.pending > 0 {
                broken.push(format!(
                    "runner {runner} is done with {} pending",
                    totals.pending
                ));
            }
            self.nothing_is_left(&journal, broken)?;
            self.verified(&journal, broken)?;
        }
        if self.crew.options.planned_only {
            self.paid_as_planned(&journal, broken)?;
        }
        Ok(())
    }

    fn spent(&self, runner: Runner) -> Spent {
        let mut spent = Spent::default();
        let signatures: BTreeSet<_> = self.world.watch.signatures(runner).collect();
        for landing in self.world.ledger.landings(self.place) {
            if !signatures.contains(&landing.signature()) {
                continue;
            }
            match landing.error {
                None => spent.landed += 1,
                Some(_) => spent.failed += 1,
            }
            spent.fees += landing.fee;
            let gains = landing
                .balances
                .iter()
                .map(|(_, before, after)| after.saturating_sub(*before));
            spent.top_up += gains.sum::<u64>();
        }
        spent
    }

    /// What the journal says of each account is true.
    fn states(&self, journal: &Journal, broken: &mut Vec<String>) -> Result<(), String> {
        let runner = self.done.runner;
        let addresses: Vec<Pubkey> = self.addresses();
        let states = journal
            .states(&addresses)
            .map_err(|error| error.to_string())?;
        for (address, state) in addresses.iter().zip(states) {
            let by = self.history.get(address);
            let own = by.filter(|by| self.world.watch.has_sent(runner, by));
            let problem = match state {
                None | Some(State::Pending | State::InFlight | State::Closed { .. }) => None,
                Some(State::Migrated {
                    signature: None, ..
                }) if own.is_none_or(|by| self.world.watch.others_sent(runner, by)) => None,
                Some(State::Migrated {
                    signature: Some(signature),
                    ..
                }) if own == Some(&signature) || self.skipped(&signature, address) => None,
                Some(State::Quarantined { reason }) if self.is_true(address, &reason) => None,
                Some(state) => Some(format!(
                    "runner {runner}: {address} is {state:?}, by {by:?}"
                )),
            };
            broken.extend(problem);
        }
        Ok(())
    }

    /// Whether the transaction is one of the runner's that found the account migrated already: it cannot
    /// tell from one that migrated it.
    fn skipped(&self, signature: &Signature, address: &Pubkey) -> bool {
        let is_own = self.world.watch.has_sent(self.done.runner, signature);
        let landing = self.world.ledger.landing(signature, self.place);
        is_own
            && landing.is_some_and(|landing| {
                let mut named = landing.balances.iter().map(|(named, ..)| named);
                landing.error.is_none() && named.any(|named| named == address)
            })
    }

    /// Whether there is such a reason not to migrate the account.
    fn is_true(&self, address: &Pubkey, reason: &str) -> bool {
        if self.scenario.odd.contains_key(address) {
            return match self.crew.route {
                Route::Each => reason.starts_with("the account does not decode"),
                Route::Many | Route::Rollback => reason.contains("Truncated (6005)"),
            };
        }
        reason.contains("WouldDiscardV2Data (6022)")
    }

    /// Every account that is still in the old layout is quarantined.
    fn nothing_is_left(&self, journal: &Journal, broken: &mut Vec<String>) -> Result<(), String> {
        let transition = transition(self.crew.route);
        let addresses = self.addresses();
        let states = journal
            .states(&addresses)
            .map_err(|error| error.to_string())?;
        let outstanding = journal
            .outstanding(&addresses)
            .map_err(|error| error.to_string())?;
        for ((address, state), planned) in addresses.iter().zip(states).zip(outstanding) {
            let account = self.world.ledger.account(address, self.place);
            let stage = transition.stage(account.as_ref());
            let is_quarantined = matches!(state, Some(State::Quarantined { .. }));
            let lamports = account.map_or(0, |account| account.lamports);
            let is_made_after_the_plan = self.crew.options.planned_only
                && planned.is_none_or(|planned| lamports < planned.lamports);
            if stage == Stage::Old && !is_quarantined && !is_made_after_the_plan {
                broken.push(format!(
                    "runner {} lost {address}: it is {state:?}",
                    self.done.runner
                ));
            }
        }
        Ok(())
    }

    /// Each account at most once, and no more than what the plan's accounts lacked.
    fn paid_as_planned(&self, journal: &Journal, broken: &mut Vec<String>) -> Result<(), String> {
        let runner = self.done.runner;
        let all = usize::MAX >> 1;
        let migrated = journal.migrated_page(0, all);
        let (migrated, _) = migrated.map_err(|error| error.to_string())?;
        let planned: BTreeMap<Pubkey, u64> = migrated
            .into_iter()
            .map(|it| (it.address, it.first.unwrap_or(it.before).lamports))
            .collect();
        let mut paid = BTreeMap::new();
        for landing in self.world.ledger.landings(self.place) {
            if !self.world.watch.has_sent(runner, &landing.signature()) {
                continue;
            }
            for (address, before, after) in &landing.balances {
                if after > before && paid.insert(*address, after - before).is_some() {
                    broken.push(format!("runner {runner} paid for {address} twice"));
                }
            }
        }
        let rates = self.scenario.events.iter().map(|(_, event)| match event {
            Event::Rent(rate) => *rate,
            _ => 0,
        });
        let rate = rates.fold(self.scenario.lamports_per_byte, u64::max);
        let data_len = transition(self.crew.route).to.data_len;
        let minimum = rent(rate, usize::try_from(data_len).expect("short"));
        let mut most = 0;
        for address in paid.keys() {
            match planned.get(address) {
                Some(lamports) => most += minimum.saturating_sub(*lamports),
                None => broken.push(format!("runner {runner} paid for {address}, unplanned")),
            }
        }
        let sum = paid.values().sum::<u64>();
        // `migrate` does not say what it may pay: an owner may make the account anew before it lands.
        if sum > most && self.crew.route != Route::Each {
            broken.push(format!("runner {runner} paid {sum} of {most} lamports"));
        }
        Ok(())
    }

    /// `fleet verify` says what is so.
    fn verified(&self, journal: &Journal, broken: &mut Vec<String>) -> Result<(), String> {
        let runner = self.done.runner;
        let Some(report) = &self.done.verified else {
            return Ok(());
        };
        let addresses = self.addresses();
        let states = journal
            .states(&addresses)
            .map_err(|error| error.to_string())?;
        let transition = transition(self.crew.route);
        let mut quarantined = addresses.iter().zip(states).filter(|(address, state)| {
            let account = self.world.ledger.account(address, self.place);
            matches!(state, Some(State::Quarantined { .. }))
                && matches!(
                    transition.stage(account.as_ref()),
                    Stage::Old | Stage::Other
                )
        });
        let has_passed = quarantined.next().is_none();
        if report.has_passed() != has_passed || !report.accounts.failed.is_empty() {
            broken.push(format!("runner {runner} is verified as {report:?}"));
        }
        let baseline = journal.payer_balance().map_err(|error| error.to_string())?;
        let by_others = baseline.map_or(0, |baseline| self.by_others(baseline.slot));
        if report.payer.by_others() != by_others || report.payer.unknown != 0 {
            broken.push(format!(
                "runner {runner}: others brought {by_others} lamports, not {:?}",
                report.payer
            ));
        }
        for changed in &report.accounts.changed.first {
            let address: Pubkey = changed.address.parse().expect("an address");
            let by: Signature = changed.signature.parse().expect("a signature");
            let landing = self.world.ledger.landing(&by, self.place);
            let is_so = landing.is_some_and(|landing| {
                landing.error.is_none()
                    && landing.balances.iter().any(|(named, ..)| *named == address)
            });
            if !is_so || self.world.watch.has_sent(runner, &by) {
                broken.push(format!(
                    "runner {runner}: {address} was not changed by {by}"
                ));
            }
        }
        Ok(())
    }

    /// Lamports that transactions of others brought to the payer after this slot.
    fn by_others(&self, after: u64) -> i128 {
        let payer = payer(self.crew.payer).pubkey();
        let own: BTreeSet<_> = self.world.watch.signatures(self.done.runner).collect();
        let landings = self.world.ledger.landings(self.place);
        let others = landings
            .filter(|landing| landing.place.slot > after && !own.contains(&landing.signature()));
        let balances = others.flat_map(|landing| &landing.balances);
        let of_payer = balances.filter(|(address, ..)| *address == payer);
        of_payer
            .map(|(_, before, after)| i128::from(*after) - i128::from(*before))
            .sum()
    }

    /// Every account of the program that belongs to the crew's shard, whether it still exists or not.
    fn addresses(&self) -> Vec<Pubkey> {
        let begun = self.scenario.configs.keys().chain(self.scenario.odd.keys());
        let changed = self.history.keys();
        let program = transition(self.crew.route).program_id;
        let now = self.world.ledger.accounts(self.place);
        let now = now
            .filter(|(_, account)| account.owner == program)
            .map(|(address, _)| address);
        let all: BTreeSet<&Pubkey> = begun.chain(changed).chain(now).collect();
        let own = all
            .into_iter()
            .filter(|address| self.crew.shard.has(address));
        own.copied().collect()
    }
}
