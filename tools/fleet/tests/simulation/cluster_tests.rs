//! The simulated cluster keeps the contract of [`Cluster`], whatever it does to its callers.

use {
    crate::{
        cluster::{FIRST_SLOT, SLOT, SimulatedNode, World},
        faults::{Faults, NodeLimits},
        fixture::{SOL, authority, donor, fixture, wallet},
        forks::Place,
        ledger::{Ledger, NotNow, app_program_data},
        machine::Release,
        trace::Trace,
        world::{Action, Event, Owner},
    },
    demo::{client_v2, releases::program_id},
    fastrand::Rng,
    fleet::cluster::{At, Cluster, ClusterError, Commitment, Lookup, Query},
    solana_account::Account,
    solana_hash::Hash,
    solana_instruction::{Instruction, error::InstructionError},
    solana_keypair::Keypair,
    solana_message::{Message, VersionedMessage},
    solana_pubkey::Pubkey,
    solana_signer::Signer,
    solana_system_interface::instruction,
    solana_transaction::versioned::VersionedTransaction,
    solana_transaction_error::TransactionError,
    std::{
        future::Future,
        sync::{Arc, Mutex},
        time::Duration,
    },
    tokio::time::sleep,
};

const CONFIGS: usize = 5;

fn ledger() -> Ledger {
    let fixture = fixture();
    let mut accounts: Vec<(Pubkey, Account)> = Vec::new();
    for (owner, config) in fixture.owners.iter().zip(&fixture.configs).take(CONFIGS) {
        accounts.push((owner.key, wallet(SOL)));
        accounts.push((owner.config, config.clone()));
    }
    accounts.push((authority().pubkey(), wallet(10 * SOL)));
    accounts.push((donor(), wallet(1_000 * SOL)));
    Ledger::new(fixture.machines.clone(), accounts, 6_960)
}

fn world(
    faults: Faults,
    limits: NodeLimits,
    events: Vec<(u64, Event)>,
    seed: u64,
) -> Arc<Mutex<World>> {
    let rng = Rng::with_seed(seed);
    let world = World::new(ledger(), faults, limits, events, rng, Trace::new(true));
    Arc::new(Mutex::new(world))
}

fn owner(number: usize) -> Owner {
    fixture().owners[number]
}

/// Virtual time: a test of an hour takes no longer than what happens in it.
fn run<T>(test: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime")
        .block_on(test)
}

fn calm() -> Arc<Mutex<World>> {
    world(Faults::NONE, NodeLimits::NONE, Vec::new(), 0)
}

fn migration(configs: &[Pubkey], blockhash: Hash) -> VersionedTransaction {
    let authority = authority();
    let instructions: Vec<_> = configs
        .iter()
        .map(|config| {
            client_v2::migrate_as_upgrade_authority(
                config,
                &authority.pubkey(),
                &authority.pubkey(),
            )
        })
        .collect();
    signed(&instructions, &authority, blockhash)
}

fn signed(instructions: &[Instruction], payer: &Keypair, blockhash: Hash) -> VersionedTransaction {
    let message = Message::new_with_blockhash(instructions, Some(&payer.pubkey()), &blockhash);
    VersionedTransaction::try_new(VersionedMessage::Legacy(message), &[payer]).expect("signed")
}

async fn slots(count: u64) {
    sleep(SLOT * u32::try_from(count).expect("few")).await;
}

#[test]
fn a_transaction_is_processed_then_confirmed_then_finalized() {
    run(async {
        let world = calm();
        let node = SimulatedNode::new(&world, 0);
        let blockhash = node.latest_blockhash().await.expect("an answer");
        let config = owner(0).config;
        let transaction = migration(&[config], blockhash.hash);
        let signature = transaction.signatures[0];
        node.send(&transaction).await.expect("it is sent");

        let mut seen = Vec::new();
        for _ in 0..40 {
            let At { slot, value } = node
                .statuses(&[signature], Lookup::Ledger)
                .await
                .expect("an answer");
            let status = value[0].clone();
            if let Some(status) = &status {
                assert_eq!(status.error, None);
                seen.push((slot - status.slot, status.commitment));
            }
            slots(1).await;
        }
        let first = |commitment| {
            let found = seen.iter().find(|(_, seen)| *seen == Some(commitment));
            found.expect("it comes to that").0
        };
        assert!(seen.iter().any(|(_, commitment)| commitment.is_none()));
        assert_eq!(first(Commitment::Confirmed), 1);
        assert_eq!(first(Commitment::Finalized), 32);

        let landed = node.transaction(&signature).await.expect("an answer");
        let landed = landed.expect("it is finalized");
        assert_eq!(landed.fee, 5_000);
        let change = |address: &Pubkey| {
            let mut balances = landed.balances.iter();
            let (_, before, after) = balances
                .find(|(named, ..)| named == address)
                .expect("named");
            i128::from(*after) - i128::from(*before)
        };
        assert_eq!(change(&config), 48 * 6_960);
        assert_eq!(change(&authority().pubkey()), -48 * 6_960 - 5_000);

        let read = node
            .accounts(&[config], Commitment::Finalized, landed.slot)
            .await;
        let account = read.expect("an answer").value[0]
            .clone()
            .expect("it exists");
        assert_eq!(account.data.len(), 96);
        assert_eq!(account.lamports, (128 + 96) * 6_960);
        let named = node.signatures_of(&config, landed.slot - 1).await;
        assert_eq!(named, Ok(vec![signature]));
        assert_eq!(
            node.signatures_of(&config, landed.slot).await,
            Ok(Vec::new())
        );
    });
}

#[test]
fn a_transaction_lands_as_long_as_its_blockhash_lives() {
    let mut ledger = ledger();
    for slot in 1..=10 {
        ledger.begin_block(slot, 1, 32);
    }
    let named = ledger.head();
    let transaction = |config: usize| Arc::new(migration(&[owner(config).config], named.hash));
    // A skipped slot is no block: the blockhash outlives it.
    for slot in (12..).take(151) {
        ledger.begin_block(slot, 1, 32);
    }
    assert_eq!(ledger.head().height, named.height + 151);
    assert!(ledger.land(&transaction(0)).is_ok());
    assert_eq!(
        ledger.land(&transaction(0)).err(),
        Some(NotNow::LandedBefore)
    );
    ledger.begin_block(ledger.tip().slot + 1, 1, 32);
    assert_eq!(
        ledger.land(&transaction(1)).err(),
        Some(NotNow::NoBlockhash)
    );
}

#[test]
fn a_node_does_not_send_what_has_expired() {
    run(async {
        let world = calm();
        let node = SimulatedNode::new(&world, 0);
        let blockhash = node.latest_blockhash().await.expect("an answer");
        let transaction = migration(&[owner(0).config], blockhash.hash);
        slots(152).await;
        let progress = node.height(Commitment::Confirmed).await.expect("an answer");
        assert!(progress.block_height > blockhash.last_valid_block_height);
        let rejected = ClusterError::Preflight {
            error: TransactionError::BlockhashNotFound,
            logs: Vec::new(),
        };
        assert_eq!(node.send(&transaction).await, Err(rejected));
    });
}

#[test]
fn a_fork_restores_every_account_to_the_lamport() {
    let mut ledger = ledger();
    for slot in 1..=40 {
        ledger.begin_block(slot, 1, 32);
    }
    let hash = ledger.head().hash;
    ledger.begin_block(41, 1, 32);
    let first = Arc::new(migration(&[owner(0).config], hash));
    ledger.land(&first).expect("it lands");
    let everything = |ledger: &Ledger| -> Vec<(Pubkey, Account)> {
        let accounts = ledger.accounts(ledger.tip());
        accounts
            .map(|(address, account)| (*address, account.clone()))
            .collect()
    };
    let before = everything(&ledger);

    ledger.begin_block(42, 1, 32);
    ledger.set_rent(5_080);
    let second = Arc::new(migration(&[owner(1).config, owner(2).config], hash));
    ledger.land(&second).expect("it lands");
    let close = Action::Close(owner(3)).transaction(1, hash);
    ledger.land(&close).expect("it lands");
    let after = everything(&ledger);
    assert_ne!(before, after);
    let abandoned = ledger.tip();

    assert_eq!(ledger.fork(41), [second.clone(), close.clone()]);
    assert_eq!(everything(&ledger), before);
    assert_eq!(ledger.rent(ledger.tip()), 6_960);
    assert_eq!(
        ledger.status(&second.signatures[0], ledger.tip(), Lookup::Ledger),
        None
    );
    assert!(
        ledger
            .status(&first.signatures[0], ledger.tip(), Lookup::Ledger)
            .is_some()
    );
    assert!(
        ledger
            .status(&second.signatures[0], abandoned, Lookup::Ledger)
            .is_some()
    );

    ledger.begin_block(43, 1, 32);
    ledger.set_rent(5_080);
    assert_eq!(ledger.land(&first).err(), Some(NotNow::LandedBefore));
    ledger.land(&second).expect("it lands again");
    ledger.land(&close).expect("it lands again");
    assert_eq!(everything(&ledger), after);
}

#[test]
fn a_transaction_of_an_abandoned_fork_cannot_land_on_another() {
    let mut ledger = ledger();
    for slot in 1..=40 {
        ledger.begin_block(slot, 1, 32);
    }
    let transaction = Arc::new(migration(&[owner(0).config], ledger.head().hash));
    ledger.fork(39);
    ledger.begin_block(41, 1, 32);
    assert_eq!(ledger.land(&transaction).err(), Some(NotNow::NoBlockhash));
}

#[test]
fn lamports_are_neither_made_nor_lost() {
    let mut ledger = ledger();
    let total = |ledger: &Ledger, place: Place| -> u64 {
        ledger
            .accounts(place)
            .map(|(_, account)| account.lamports)
            .sum()
    };
    let before = total(&ledger, ledger.tip());
    ledger.begin_block(1, 1, 32);
    let hash = ledger.head().hash;
    let actions = [
        Action::Update(owner(0), 9),
        Action::Migrate(owner(0)),
        Action::SetOperators(owner(0), 3),
        Action::SetOperators(owner(1), 3),
        Action::Initialize(fixture().owners[CONFIGS], 4),
        Action::Close(owner(2)),
        Action::Transfer {
            from: donor(),
            to: fixture().owners[CONFIGS].key,
            lamports: SOL,
        },
        Action::Initialize(fixture().owners[CONFIGS], 4),
    ];
    let mut fees = 0;
    let mut errors = Vec::new();
    for (number, action) in (0..).zip(actions) {
        match ledger.land(&action.transaction(number, hash)) {
            Ok(landing) => {
                fees += landing.fee;
                errors.push(landing.error.clone());
            }
            Err(NotNow::NotCharged) => errors.push(Some(TransactionError::AccountNotFound)),
            Err(other) => panic!("{other:?}"),
        }
    }
    let not_migrated = TransactionError::InstructionError(0, InstructionError::Custom(6_001));
    let expected = [
        None,
        None,
        None,
        Some(not_migrated),
        Some(TransactionError::AccountNotFound),
        None,
        None,
        None,
    ];
    assert_eq!(errors, expected);
    assert_eq!(total(&ledger, ledger.tip()) + fees, before);
}

#[test]
fn a_node_that_lags_does_not_serve_a_newer_slot() {
    run(async {
        let faults = Faults {
            until: u64::MAX,
            stale: 1_000,
            lag: 60,
            ..Faults::NONE
        };
        let world = world(faults, NodeLimits::NONE, Vec::new(), 3);
        let node = SimulatedNode::new(&world, 0);
        slots(5).await;
        let newest = FIRST_SLOT + 4;
        let (mut rejected, mut answered) = (0, 0);
        for _ in 0..200 {
            match node
                .accounts(&[owner(0).config], Commitment::Confirmed, newest - 20)
                .await
            {
                Ok(At { slot, .. }) => {
                    assert!(slot >= newest - 20);
                    answered += 1;
                }
                Err(error) => {
                    assert!(matches!(error, ClusterError::Transient { .. }), "{error:?}");
                    rejected += 1;
                }
            }
        }
        assert!(rejected > 50 && answered > 50, "{rejected} {answered}");
    });
}

#[test]
fn a_rent_and_a_release_are_in_force_from_their_slot_on() {
    run(async {
        let events = vec![
            (FIRST_SLOT + 2, Event::Rent(5_080)),
            (FIRST_SLOT + 4, Event::Upgrade(Release::One)),
        ];
        let world = world(Faults::NONE, NodeLimits::NONE, events, 0);
        let node = SimulatedNode::new(&world, 0);
        let slot_of_program = async || {
            let start = node
                .account_start(&app_program_data(), 45, Commitment::Confirmed)
                .await;
            let start = start.expect("an answer").value.expect("it is deployed");
            assert_eq!(start[13..], authority().pubkey().to_bytes());
            u64::from_le_bytes(start[4..12].try_into().expect("8 bytes"))
        };
        assert_eq!(node.rent_exempt_minimum(0).await, Ok(128 * 6_960));
        assert_eq!(slot_of_program().await, 0);
        slots(6).await;
        assert_eq!(node.rent_exempt_minimum(0).await, Ok(128 * 5_080));
        assert_eq!(slot_of_program().await, FIRST_SLOT + 4);
        let blockhash = node.latest_blockhash().await.expect("an answer");
        let transaction = migration(&[owner(0).config], blockhash.hash);
        let simulation = node.simulate(&transaction, &[]).await.expect("an answer");
        let unknown = TransactionError::InstructionError(0, InstructionError::Custom(101));
        assert_eq!(simulation.error, Some(unknown));
    });
}

#[test]
fn a_listing_is_what_the_query_asks_for() {
    run(async {
        let limits = NodeLimits {
            pages: false,
            listing: CONFIGS - 1,
        };
        let world = world(Faults::NONE, limits, Vec::new(), 0);
        let node = SimulatedNode::new(&world, 0);
        let mut query = Query {
            program_id: program_id(),
            discriminator: fixture().configs[0].data[..8].to_vec(),
            data_len: Some(48),
            partition: None,
            commitment: Commitment::Finalized,
        };
        let too_large = node.program_accounts(&query).await;
        assert_eq!(
            too_large,
            Err(ClusterError::TooLarge("5 accounts".to_owned()))
        );
        let pages = node.program_accounts_page(&query, None, 10).await;
        assert!(matches!(pages, Err(ClusterError::Unsupported(_))));
        let key = owner(2).key.to_bytes();
        query.partition = Some((8, key[..1].to_vec()));
        let listed = node
            .program_accounts(&query)
            .await
            .expect("an answer")
            .value;
        let found: Vec<_> = listed.iter().map(|(address, _)| *address).collect();
        assert_eq!(found, [owner(2).config]);
        query.data_len = Some(96);
        assert_eq!(
            node.program_accounts(&query)
                .await
                .expect("an answer")
                .value,
            []
        );
    });
}

#[test]
fn pages_make_up_the_listing() {
    run(async {
        let node = SimulatedNode::new(&calm(), 0);
        let query = Query {
            program_id: program_id(),
            discriminator: fixture().configs[0].data[..8].to_vec(),
            data_len: None,
            partition: None,
            commitment: Commitment::Confirmed,
        };
        let (mut listed, mut cursor) = (Vec::new(), None);
        loop {
            let page = node
                .program_accounts_page(&query, cursor.as_deref(), 2)
                .await;
            let page = page.expect("an answer");
            assert!(page.accounts.len() <= 2);
            listed.extend(page.accounts);
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(
            listed,
            node.program_accounts(&query)
                .await
                .expect("an answer")
                .value
        );
        assert_eq!(listed.len(), CONFIGS);
    });
}

/// Sends and asks for a while, and returns all that happened.
fn trace_of(seed: u64) -> (Vec<String>, Vec<&'static str>) {
    run(async {
        let faults = Faults {
            timeout: 100,
            outage: 0..0,
            too_many_requests: 100,
            server_error: 100,
            dropped: 200,
            duplicated: 400,
            late: 400,
            stale: 300,
            lag: 20,
            skipped_slot: 200,
            fork: 40,
            confirm_after: 1..=8,
            finalize_after: 32..=60,
            latency: 1..=400,
            truncated: 500,
            repeated: 500,
            until: FIRST_SLOT + 300,
        };
        let events = vec![
            (FIRST_SLOT + 5, Event::Sends(Action::Update(owner(1), 5))),
            (FIRST_SLOT + 30, Event::Sends(Action::Close(owner(2)))),
        ];
        let world = world(faults, NodeLimits::NONE, events, seed);
        let node = SimulatedNode::new(&world, 0);
        for round in 0..60 {
            if let Ok(blockhash) = node.latest_blockhash().await {
                let config = owner(round % CONFIGS).config;
                let authority = authority();
                let gift = instruction::transfer(&authority.pubkey(), &config, 1);
                let transaction = signed(&[gift], &authority, blockhash.hash);
                let sent = node.send(&transaction).await;
                let statuses = node.statuses(&transaction.signatures, Lookup::Ledger).await;
                world
                    .lock()
                    .expect("alone")
                    .trace
                    .note(|| format!("{sent:?} {statuses:?}"));
            }
            slots(5).await;
        }
        let world = world.lock().expect("alone");
        let counts = world.counts.keys().copied().collect();
        (world.trace.lines().to_vec(), counts)
    })
}

#[test]
fn a_seed_gives_the_same_schedule_each_time() {
    let (trace, counts) = trace_of(1);
    assert_eq!(trace, trace_of(1).0);
    assert_ne!(trace, trace_of(2).0);
    let faults = [
        "calls rejected with 429",
        "calls rejected with 5xx",
        "sends dropped",
        "sends duplicated",
        "sends late",
        "slots skipped",
        "stale answers",
        "timeouts",
        "transactions landed",
        "transactions rolled back",
    ];
    for fault in faults {
        assert!(counts.contains(&fault), "no {fault}");
    }
}

#[test]
fn time_is_virtual() {
    run(async {
        let world = calm();
        let node = SimulatedNode::new(&world, 0);
        sleep(Duration::from_secs(4_000)).await;
        let progress = node.height(Commitment::Finalized).await.expect("an answer");
        assert_eq!(progress.slot, FIRST_SLOT + 10_000 - 32);
    });
}
