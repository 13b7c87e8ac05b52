//! One schedule, drawn from its seed: a fleet, what happens to it, and who migrates it.

use {
    crate::{
        cluster::FIRST_SLOT,
        faults::{Faults, NodeLimits, happens, pick},
        fixture::{SOL, authority, donor, fixture, payer, rent, wallet},
        machine::Release,
        model::{Config, Configs},
        world::{Action, Event, Owner},
    },
    demo::{config::v1_discriminator, releases::program_id},
    fastrand::Rng,
    fleet::{fees::FeePolicy, run::RunOptions, shard::Shard},
    solana_account::Account,
    solana_pubkey::Pubkey,
    solana_signer::Signer,
    std::{collections::BTreeMap, time::Duration},
};

/// Which instruction migrates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// `migrate_many`, for as many accounts as fit.
    Many,
    /// `migrate`, once for each account.
    Each,
    Rollback,
}

/// Somebody who migrates a part of the fleet with a journal.
#[derive(Clone, Debug)]
pub struct Crew {
    pub route: Route,
    pub shard: Shard,
    /// The number of its key, and the lamports that it begins with.
    pub payer: usize,
    pub options: RunOptions,
    /// Calls of the node per second, and sends among them; 0 is no limit.
    pub calls_per_second: u32,
    pub sends_per_second: u32,
    /// The process is killed after so many polls of each of its first runs.
    pub kills: Vec<u32>,
    /// Slots until it is started again.
    pub rest: u64,
    /// What goes wrong with the journal before which of its runs.
    pub mishap: Option<(usize, Mishap)>,
    /// Whether somebody raises a budget that was reached.
    pub raises_budget: bool,
}

/// What happens to a journal's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mishap {
    /// The disk has so many bytes left during one run.
    DiskFull(u64),
    /// A byte of the file is changed between two runs.
    Damage(u64),
}

pub struct Scenario {
    pub faults: Faults,
    pub limits: NodeLimits,
    pub events: Vec<(u64, Event)>,
    pub lamports_per_byte: u64,
    pub accounts: Vec<(Pubkey, Account)>,
    pub configs: Configs,
    /// Accounts that begin as one of release 1 does and that nobody can migrate.
    pub odd: BTreeMap<Pubkey, Account>,
    pub crews: Vec<Crew>,
}

const RENTS: [u64; 5] = [6_960, 6_960, 5_080, 3_480, 8_000];

impl Scenario {
    pub fn seeded(rng: &mut Rng) -> Self {
        let faults = Faults::seeded(rng, FIRST_SLOT);
        let limits = NodeLimits::seeded(rng);
        let route = *pick(
            rng,
            &[
                Route::Many,
                Route::Many,
                Route::Many,
                Route::Each,
                Route::Rollback,
            ],
        );
        let mut owners = fixture().owners.clone();
        rng.shuffle(&mut owners);
        let count = match rng.u8(..10) {
            0..=5 => rng.usize(5..15),
            6..=8 => rng.usize(15..35),
            _ => rng.usize(35..=60),
        };
        let newcomers = owners.split_off(count);
        let mut scenario = Self {
            lamports_per_byte: *pick(rng, &RENTS),
            events: Vec::new(),
            accounts: Vec::new(),
            configs: Configs::new(),
            odd: BTreeMap::new(),
            crews: crews(rng, route),
            faults,
            limits,
        };
        for owner in &owners {
            scenario.add_config(rng, owner, route);
        }
        for owner in owners.iter().chain(&newcomers) {
            scenario.accounts.push((owner.key, wallet(SOL)));
        }
        if happens(rng, 250) {
            scenario.add_odd(rng);
        }
        scenario.add_wallets(rng);
        scenario.add_events(rng, &owners, &newcomers);
        scenario
    }

    /// A fleet of so many configs on a cluster without faults.
    pub fn calm(route: Route, count: usize) -> Self {
        let mut rng = Rng::with_seed(0);
        let mut scenario = Self {
            lamports_per_byte: 6_960,
            events: Vec::new(),
            accounts: Vec::new(),
            configs: Configs::new(),
            odd: BTreeMap::new(),
            crews: vec![Crew {
                route,
                shard: Shard::ALL,
                payer: 0,
                options: RunOptions {
                    max_in_flight: 2,
                    ..RunOptions::default()
                },
                calls_per_second: 0,
                sends_per_second: 0,
                kills: Vec::new(),
                rest: 0,
                mishap: None,
                raises_budget: false,
            }],
            faults: Faults::NONE,
            limits: NodeLimits::NONE,
        };
        let owners = &fixture().owners[..count];
        for owner in owners {
            scenario.add_config(&mut rng, owner, route);
            scenario.accounts.push((owner.key, wallet(SOL)));
        }
        scenario.accounts.push((donor(), wallet(SOL)));
        scenario.accounts.push((authority().pubkey(), wallet(SOL)));
        scenario.accounts.push((payer(0).pubkey(), wallet(SOL)));
        scenario
    }

    fn add_config(&mut self, rng: &mut Rng, owner: &Owner, route: Route) {
        let value = rng.u64(..);
        let config = if route == Route::Rollback {
            Config::v2(owner.key, value)
        } else {
            Config::v1(owner.key, value)
        };
        let made = &fixture().configs[0];
        let data = config.bytes();
        let surplus = *pick(rng, &[0, 0, 1, 100_000, 400_000, 2_000_000]);
        let least = rent(6_960, data.len());
        let account = Account {
            lamports: made.lamports.max(least) + surplus,
            data,
            ..made.clone()
        };
        self.accounts.push((owner.config, account));
        self.configs.insert(owner.config, config);
    }

    /// Accounts that begin as one of release 1 does and are none.
    pub fn add_odd(&mut self, rng: &mut Rng) {
        for number in 0..rng.u8(1..=3) {
            let mut bytes = [0xee; 32];
            bytes[0] = number;
            let address = Pubkey::new_from_array(bytes);
            let mut data = v1_discriminator().to_vec();
            data.resize(*pick(rng, &[8, 20, 40, 47]), number);
            let account = Account::new_data(10_000_000, &(), &program_id())
                .map(|account| Account { data, ..account });
            let account = account.expect("an account");
            self.accounts.push((address, account.clone()));
            self.odd.insert(address, account);
        }
    }

    fn add_wallets(&mut self, rng: &mut Rng) {
        self.accounts.push((donor(), wallet(1_000_000 * SOL)));
        self.accounts
            .push((authority().pubkey(), wallet(100 * SOL)));
        for number in 0..2 {
            let lamports = match rng.u8(..5) {
                0 => rng.u64(900_000..5_000_000),
                _ => 100 * SOL,
            };
            self.accounts
                .push((payer(number).pubkey(), wallet(lamports)));
        }
    }

    fn add_events(&mut self, rng: &mut Rng, owners: &[Owner], newcomers: &[Owner]) {
        if self.faults.until <= FIRST_SLOT + 2 || happens(rng, 200) {
            return;
        }
        let slots = FIRST_SLOT + 1..self.faults.until;
        for _ in 0..rng.usize(1..14) {
            let slot = rng.u64(slots.clone());
            let owner = *pick(rng, owners);
            let newcomer = *pick(rng, newcomers);
            let event = match rng.u8(..20) {
                0..=5 => Event::Sends(Action::Update(owner, rng.u64(..))),
                6..=8 => Event::Sends(Action::Migrate(owner)),
                9 | 10 => Event::Sends(Action::SetOperators(owner, rng.u8(..4))),
                11 | 12 => Event::Sends(Action::Close(owner)),
                13 => {
                    let again = slot + rng.u64(1..60);
                    self.events
                        .push((again, Event::Sends(Action::Initialize(owner, 1))));
                    Event::Sends(Action::Close(owner))
                }
                14 | 15 => Event::Sends(Action::Transfer {
                    from: donor(),
                    to: owner.config,
                    lamports: rng.u64(1..500_000),
                }),
                16 => Event::Sends(Action::Initialize(newcomer, rng.u64(..))),
                17 => Event::Rent(*pick(rng, &RENTS)),
                18 => {
                    let back = slot + rng.u64(1..80);
                    self.events.push((back, Event::Upgrade(Release::Two)));
                    Event::Upgrade(Release::One)
                }
                _ => Event::Sends(Action::Transfer {
                    from: payer(0).pubkey(),
                    to: donor(),
                    lamports: 100 * SOL - rng.u64(..3_000_000),
                }),
            };
            self.events.push((slot, event));
        }
        self.events.sort_by_key(|(slot, _)| *slot);
        // Whatever happened before: in the end the release that migrates is deployed.
        let end = self.events.last().map_or(FIRST_SLOT, |(slot, _)| *slot);
        self.events.push((end + 1, Event::Upgrade(Release::Two)));
    }
}

fn crews(rng: &mut Rng, route: Route) -> Vec<Crew> {
    let shards = match rng.u8(..10) {
        0..=5 => vec![Shard::ALL],
        // They do the same work twice.
        6 => vec![Shard::ALL, Shard::ALL],
        _ => vec![Shard { index: 1, count: 2 }, Shard { index: 2, count: 2 }],
    };
    let share_payer = rng.bool();
    let crews = shards.into_iter().enumerate();
    crews
        .map(|(number, shard)| {
            let payer = if share_payer { 0 } else { number };
            crew(rng, route, shard, payer)
        })
        .collect()
}

fn crew(rng: &mut Rng, route: Route, shard: Shard, payer: usize) -> Crew {
    let kills = match rng.u8(..3) {
        0 => rng.usize(1..6),
        _ => 0,
    };
    let mishap = match rng.u8(..20) {
        0 => Some((rng.usize(..2), Mishap::DiskFull(rng.u64(..40_000)))),
        1 => Some((rng.usize(1..3), Mishap::Damage(rng.u64(..)))),
        _ => None,
    };
    Crew {
        route,
        shard,
        payer,
        options: RunOptions {
            planned_only: happens(rng, 300),
            max_lamports: happens(rng, 200).then(|| rng.u64(5_000..20_000_000)),
            max_accounts: happens(rng, 100).then(|| rng.u64(1..30)),
            max_quarantined: *pick(rng, &[0, 10, 10, 100]),
            max_in_flight: rng.usize(1..8),
            concurrency: rng.usize(1..8),
            fee_policy: *pick(
                rng,
                &[
                    FeePolicy::Fixed(0),
                    FeePolicy::Fixed(1_000),
                    FeePolicy::Percentile {
                        percent: 75,
                        max: 2_000,
                    },
                ],
            ),
            slot_time: Duration::from_millis(*pick(rng, &[200, 400])),
        },
        calls_per_second: *pick(rng, &[0, 0, 10, 50]),
        sends_per_second: *pick(rng, &[0, 0, 0, 1, 5]),
        kills: (0..kills).map(|_| rng.u32(1..400)).collect(),
        rest: *pick(rng, &[0, 0, 0, 40, 400]),
        mishap,
        raises_budget: rng.bool(),
    }
}
