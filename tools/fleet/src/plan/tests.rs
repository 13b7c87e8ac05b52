//! Plans for the real program, on a node in this process.

mod node;

use {
    self::node::{DEPLOYED, Node, SLOT},
    super::*,
    crate::{
        journal::State,
        report::{LayoutCount, PlannedFees, PlannedTime},
        run::compute_limits::with_margin,
        transition::tests::{MANIFEST, address, app, app_id, config, migrate_all, roll_back},
    },
    solana_account::Account,
    solana_loader_v3_interface::get_program_data_address,
    solana_sdk_ids::bpf_loader_upgradeable,
    tempfile::TempDir,
};

const AUTHORITY: Pubkey = Pubkey::new_from_array([1; 32]);
const PAYER: Pubkey = Pubkey::new_from_array([2; 32]);
const SOL: u64 = 1_000_000_000;
/// Rent-exempt minimums of a ConfigV1 and of a ConfigV2.
const MINIMUM: (u64, u64) = (1_224_960, 1_559_040);

fn wallet(lamports: u64) -> Account {
    Account {
        lamports,
        ..Account::default()
    }
}

/// A node on which the first `short` of `count` configs lack rent, and a payer has one SOL.
fn node(count: u64, short: u64) -> Node {
    let mut node = Node::new(Some(AUTHORITY));
    node.set(PAYER, wallet(SOL));
    for number in 0..count {
        let lamports = if number < short {
            MINIMUM.0
        } else {
            MINIMUM.1 + 7
        };
        node.add(config(number, lamports));
    }
    node
}

/// A ConfigV2 without operators.
fn new_config(number: u64) -> (Pubkey, Account) {
    let (address, mut account) = config(number, MINIMUM.1 + 5);
    account.data[..8].copy_from_slice(&migrate_all().to.discriminator);
    account.data.resize(96, 0);
    (address, account)
}

fn options() -> PlanOptions {
    PlanOptions {
        roles: Roles {
            authority: AUTHORITY,
            payer: PAYER,
        },
        shard: Shard::ALL,
        fee_policy: FeePolicy::Fixed(0),
        transactions_per_second: 2,
        slot_time: Duration::from_millis(400),
        sample: 3,
        manifest_digest: [6; 32],
    }
}

/// A plan and the journal that it made.
struct Planned {
    folder: TempDir,
    result: Result<PlanReport, PlanError>,
}

impl Planned {
    fn journal(&self) -> Journal {
        Journal::open(self.folder.path().join("fleet.db")).unwrap()
    }

    #[track_caller]
    fn report(&self) -> &PlanReport {
        self.result.as_ref().unwrap()
    }

    /// The error; and there must be no journal.
    #[track_caller]
    fn error(&self) -> String {
        self.leaves_nothing();
        self.result.as_ref().unwrap_err().to_string()
    }

    #[track_caller]
    fn leaves_nothing(&self) {
        assert_eq!(self.folder.path().read_dir().unwrap().count(), 0);
    }
}

async fn plan_with(node: Node, transition: &Transition, options: &PlanOptions) -> Planned {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fleet.db");
    let client = node.client();
    let result = plan(&client, transition, &app(), &path, options, &mut |_| {}).await;
    Planned { folder, result }
}

async fn planned(node: Node) -> Planned {
    plan_with(node, &migrate_all(), &options()).await
}

#[tokio::test]
async fn a_fleet_is_counted_and_every_account_is_in_the_journal() {
    let mut node = node(100, 60);
    (200..203).for_each(|number| node.add(new_config(number)));
    let planned = planned(node).await;
    let report = planned.report();
    assert_eq!(report.problems, Vec::<String>::new());
    assert_eq!(
        (report.slot, report.subject.from.as_str()),
        (SLOT, "ConfigV1")
    );
    let count = |accounts, bytes| LayoutCount { accounts, bytes };
    assert_eq!((report.from, report.to), (count(100, 4_800), count(3, 288)));
    assert_eq!(report.sizes.bins, [(48, 100)].into());
    assert_eq!(report.balances.minimum, MINIMUM.1);
    assert_eq!(
        (
            report.balances.twentieths[15],
            report.balances.twentieths[20]
        ),
        (60, 40)
    );
    let rent = PlannedRent {
        lamports_per_byte: 6_960,
        data_len: 96,
        short: 60,
        top_up: 60 * 334_080,
        surplus: 40 * 7,
    };
    assert_eq!(report.rent, rent);

    let journal = planned.journal();
    let header = journal.header();
    assert_eq!(journal.totals().pending, 100);
    assert_eq!(
        (header.planned_slot, header.program_deploy_slot),
        (SLOT, DEPLOYED)
    );
    assert_eq!(
        (header.lamports_per_byte, header.manifest_digest),
        (6_960, [6; 32])
    );
    assert_eq!((header.authority, header.payer), (AUTHORITY, PAYER));
    let (first, _) = config(0, 0);
    let (migrated, _) = new_config(200);
    assert_eq!(
        journal.states(&[first, migrated]).unwrap(),
        [Some(State::Pending), None]
    );
    assert!(report.layout_diagram.as_ref().unwrap().starts_with("<svg"));
}

#[tokio::test]
async fn what_a_run_takes_is_reported_by_a_sample() {
    let mut options = options();
    options.fee_policy = FeePolicy::Fixed(1_000_000);
    let planned = plan_with(node(200, 200), &migrate_all(), &options).await;
    let report = planned.report();
    assert_eq!(report.sample.len(), 3);
    let estimate = report.estimate.unwrap();
    let each = estimate.transactions.accounts;
    for sampled in &report.sample {
        assert_eq!(sampled.failure, None);
        assert_eq!((sampled.accounts, sampled.top_up), (each, each * 334_080));
        assert!(
            sampled.bytes <= 1_232 && sampled.bytes + 33 > 1_232,
            "{}",
            sampled.bytes
        );
    }
    let dearest = report
        .sample
        .iter()
        .map(|sampled| sampled.compute_units)
        .max()
        .unwrap();
    let limit = with_margin(dearest);
    let count = 200_u64.div_ceil(each);
    assert_eq!(estimate.transactions.compute_unit_limit, limit);
    assert_eq!(
        (
            estimate.transactions.count,
            estimate.transactions.signatures
        ),
        (count, 2)
    );
    let fees = PlannedFees {
        micro_lamports_per_compute_unit: 1_000_000,
        base: count * 10_000,
        priority: count * u64::from(limit),
    };
    assert_eq!(estimate.fees, fees);
    let time = PlannedTime {
        transactions_per_second: 2,
        seconds: count.div_ceil(2),
        slots: (count.div_ceil(2) * 1_000).div_ceil(400) + 32,
    };
    assert_eq!(estimate.time, time);
    let cost = 200 * 334_080 + fees.base + fees.priority;
    assert_eq!((report.cost(), report.payer.needed), (cost, cost + 890_880));
}

#[tokio::test]
async fn a_small_fleet_is_sampled_whole() {
    let planned = planned(node(3, 1)).await;
    let report = planned.report();
    let [sampled] = &report.sample[..] else {
        panic!("{:?}", report.sample)
    };
    assert_eq!((sampled.accounts, sampled.top_up), (3, 334_080));
    assert_eq!(report.estimate.unwrap().transactions.count, 1);
}

#[tokio::test]
async fn the_price_follows_the_policy() {
    let mut options = options();
    options.fee_policy = "p75".parse().unwrap();
    let planned = plan_with(node(3, 0), &migrate_all(), &options).await;
    let fees = planned.report().estimate.unwrap().fees;
    assert_eq!(fees.micro_lamports_per_compute_unit, 75);
}

#[tokio::test]
async fn an_empty_fleet_needs_nothing() {
    let mut node = node(0, 0);
    node.add(new_config(1));
    node.set(PAYER, wallet(0));
    let planned = planned(node).await;
    let report = planned.report();
    assert!(report.is_ready());
    assert_eq!((report.from.accounts, report.to.accounts), (0, 1));
    assert_eq!(
        (report.estimate, report.cost(), report.payer.needed),
        (None, 0, 0)
    );
}

#[tokio::test]
async fn a_listing_with_repetitions_and_strangers_is_counted_once() {
    let mut node = node(10, 0);
    node.add(new_config(200));
    node.is_sloppy = true;
    let (stranger, mut account) = config(300, MINIMUM.1);
    account.owner = address(7);
    node.add((stranger, account));
    let planned = planned(node).await;
    assert_eq!(planned.report().from.accounts, 10);
    assert_eq!(planned.report().rent.surplus, 70);
    assert_eq!(planned.journal().totals().planned, 10);
}

#[tokio::test]
async fn the_shards_are_the_fleet() {
    let mut counts = Vec::new();
    for index in 1..=3 {
        let mut options = options();
        options.shard = Shard { index, count: 3 };
        let mut node = node(60, 0);
        (200..230).for_each(|number| node.add(new_config(number)));
        let planned = plan_with(node, &migrate_all(), &options).await;
        assert_eq!(planned.report().subject.shard, format!("{index}/3"));
        counts.push((planned.report().from.accounts, planned.report().to.accounts));
    }
    assert!(counts.iter().all(|(from, to)| *from > 0 && *to > 0));
    assert_eq!(counts.iter().map(|(from, _)| from).sum::<u64>(), 60);
    assert_eq!(counts.iter().map(|(_, to)| to).sum::<u64>(), 30);
}

#[tokio::test]
async fn the_way_back_is_planned_too() {
    let mut node = node(2, 0);
    (200..205).for_each(|number| node.add(new_config(number)));
    let planned = plan_with(node, &roll_back(), &options()).await;
    let report = planned.report();
    assert_eq!(report.problems, Vec::<String>::new());
    assert_eq!((report.from.accounts, report.to.accounts), (5, 2));
    assert_eq!((report.rent.top_up, report.rent.data_len), (0, 48));
    assert_eq!(report.rent.surplus, 5 * (MINIMUM.1 + 5 - MINIMUM.0));
    assert!(
        report
            .text()
            .starts_with("Plan: 5 accounts from ConfigV2 to ConfigV1\n")
    );
}

#[tokio::test]
async fn a_payer_that_cannot_pay_is_reported_with_what_is_missing() {
    for (lamports, has, missing) in [(0, "0", "4,241,680"), (4_241_679, "4,241,679", "1")] {
        let node = node(10, 10);
        node.set(PAYER, wallet(lamports));
        let planned = planned(node).await;
        let report = planned.report();
        assert_eq!(
            report.problems,
            [format!(
                "the payer {PAYER} has {has} lamports and needs 4,241,680: send it {missing} lamports"
            )]
        );
        assert_eq!(planned.journal().totals().pending, 10);
    }
    let node = node(10, 10);
    node.set(PAYER, wallet(4_241_680));
    assert!(planned(node).await.report().is_ready());
}

#[tokio::test]
async fn one_bad_account_is_reported_and_is_no_problem() {
    let mut node = node(150, 0);
    let mut short = config(150, MINIMUM.1);
    // The smallest last bytes of all: it is in the first transaction of the sample.
    short.0 = Pubkey::new_from_array([[9; 31].as_slice(), &[0]].concat().try_into().unwrap());
    short.1.data.truncate(20);
    node.add(short);
    let planned = planned(node).await;
    let report = planned.report();
    assert!(report.is_ready());
    let failures: Vec<_> = report
        .sample
        .iter()
        .map(|sampled| &sampled.failure)
        .collect();
    assert!(
        failures[0].as_ref().unwrap().contains("Truncated"),
        "{failures:?}"
    );
    assert_eq!(failures[1..], [&None, &None]);
}

#[tokio::test]
async fn a_sample_that_fails_as_a_whole_is_a_problem() {
    let mut node = Node::new(Some(AUTHORITY));
    node.set(PAYER, wallet(SOL));
    let mut short = config(1, MINIMUM.1);
    short.1.data.truncate(20);
    node.add(short);
    let planned = planned(node).await;
    let report = planned.report();
    let [problem] = &report.problems[..] else {
        panic!("{:?}", report.problems)
    };
    let failure = report.sample[0].failure.as_ref().unwrap();
    assert_eq!(
        *problem,
        format!("no simulated transaction succeeds: {failure}")
    );
    // A run quarantines the account.
    assert!(!report.needs_new_plan);
    assert_eq!(planned.journal().totals().planned, 1);
}

/// The only problem of a plan whose simulated accounts are tampered with, without its address.
async fn defect(tamper: fn(&mut Account)) -> String {
    let mut node = node(1, 1);
    node.tamper = tamper;
    let planned = planned(node).await;
    let report = planned.report();
    let [problem] = &report.problems[..] else {
        panic!("{:?}", report.problems)
    };
    assert_eq!(report.sample[0].failure.as_ref(), Some(problem));
    let (address, _) = config(0, 0);
    problem
        .strip_prefix(&format!("{address}: "))
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_transaction_that_does_something_else_is_a_problem() {
    assert_eq!(
        defect(|account| account.data.push(0)).await,
        "it would have 97 bytes, and the plan reckons with 96: write `data_len = 97` under \
         [fleet.ConfigV1.migrate] of the manifest, and plan again"
    );
    assert_eq!(
        defect(|account| account.lamports -= 1).await,
        "its lamports would change by +334,079, and what it lacks for rent is +334,080: \
         [fleet.ConfigV1.migrate] can only call an instruction that pays an account what it lacks"
    );
    assert_eq!(
        defect(|account| account.data[40] += 1).await,
        "its `value` would be 1 instead of 0: the instruction must keep the fields that both layouts have"
    );
    assert_eq!(
        defect(|account| account.data[..8].copy_from_slice(&migrate_all().from.discriminator))
            .await,
        "the simulated transaction succeeds and does not make it a ConfigV2: see whether \
         [fleet.ConfigV1.migrate] calls the right instruction"
    );
}

#[tokio::test]
async fn a_manifest_with_another_length_is_a_problem() {
    let manifest = MANIFEST.replace(
        "instruction = \"migrate_many\"",
        "data_len = 100\ninstruction = \"migrate_many\"",
    );
    let direction = crate::direction::Direction::Migrate;
    let transition = Transition::read(&manifest, &app(), direction, None).unwrap();
    let planned = plan_with(node(2, 2), &transition, &options()).await;
    let report = planned.report();
    assert_eq!(report.rent.data_len, 100);
    assert!(
        report.problems[0].contains("write `data_len = 96` under [fleet.ConfigV1.migrate]"),
        "{:?}",
        report.problems
    );
}

#[tokio::test]
async fn without_the_program_there_is_no_plan() {
    let program = app_id();
    let missing_program = format!(
        "no program is deployed at {program} on this cluster: deploy the release that migrates, or name \
         another cluster with --url"
    );
    let missing = node(1, 0);
    missing.set(program, wallet(0));
    assert_eq!(planned(missing).await.error(), missing_program);

    let closed = node(1, 0);
    closed.set(get_program_data_address(&program), wallet(0));
    assert_eq!(
        closed.account(&program).unwrap().owner,
        bpf_loader_upgradeable::id()
    );
    assert_eq!(planned(closed).await.error(), missing_program);

    let data = node(1, 0);
    data.set(program, wallet(SOL));
    assert_eq!(
        planned(data).await.error(),
        format!(
            "{program} is an account, but no program that can be called: see whether the IDL has the \
             address of your program"
        )
    );
}

#[tokio::test]
async fn only_the_upgrade_authority_plans_what_it_must_approve() {
    let program = app_id();
    let mut options = options();
    options.roles.authority = address(7);
    assert_eq!(
        plan_with(node(1, 0), &migrate_all(), &options)
            .await
            .error(),
        format!(
            "the upgrade authority of {program} is {AUTHORITY}, and --authority is {}: take the key of \
             {AUTHORITY}",
            address(7)
        )
    );
    let immutable = Node::new(None);
    assert_eq!(
        planned(immutable).await.error(),
        format!(
            "{program} cannot be upgraded any more: it has no upgrade authority that could approve \
             [fleet.ConfigV1.migrate]: take an instruction that needs none"
        )
    );
}

#[tokio::test]
async fn the_payer_is_a_wallet() {
    let node = node(1, 0);
    let (_, config) = config(0, SOL);
    node.set(PAYER, config);
    assert_eq!(
        planned(node).await.error(),
        format!(
            "the payer {PAYER} is an account of the program {}: name one that is a wallet with --payer",
            app_id()
        )
    );
}

#[tokio::test]
async fn a_listing_that_fails_leaves_no_journal() {
    for listings in [0, 1] {
        let node = node(5, 0);
        *node.listings.lock().unwrap() = listings;
        assert_eq!(
            planned(node).await.error(),
            "the cluster does not answer as needed: the node has had enough: see whether --url names the \
             right node"
        );
    }
}

#[tokio::test]
async fn a_file_that_is_there_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fleet.db");
    fs::write(&path, "mine").unwrap();
    let client = node(1, 0).client();
    let result = plan(
        &client,
        &migrate_all(),
        &app(),
        &path,
        &options(),
        &mut |_| {},
    )
    .await;
    assert!(matches!(result, Err(PlanError::Journal(_))), "{result:?}");
    assert_eq!(fs::read(&path).unwrap(), b"mine");
}

#[tokio::test]
async fn what_is_found_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fleet.db");
    let mut reported = Vec::new();
    let client = node(5, 0).client();
    let mut found = |count| reported.push(count);
    plan(
        &client,
        &migrate_all(),
        &app(),
        &path,
        &options(),
        &mut found,
    )
    .await
    .unwrap();
    assert_eq!(reported.last(), Some(&5));
}
