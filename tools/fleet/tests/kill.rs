//! The command is killed at random moments, goes on with what its journal says, and pays for each account
//! once.

mod scene;

use {
    crate::scene::{BEFORE, NOW, SINCE, Scene},
    fastrand::Rng,
    localnet::Configs,
    solana_rpc_client_api::response::RpcConfirmedTransactionStatusWithSignature,
    solana_transaction_status_client_types::UiTransactionEncoding,
    std::{thread::sleep, time::Duration},
    svm_harness::Signer,
};

const CONFIGS: Configs = Configs {
    seed: 9,
    before_rent_fell: 600,
    since_rent_fell: 700,
};

const SLOT_TIME: Duration = Duration::from_millis(50);

/// Runs that are killed; together they may take up fewer accounts than there are.
const KILLS: usize = 10;
const MOST_BEFORE_A_KILL: &str = "120";

impl Scene {
    /// Lamports of all fees that the payer ever paid.
    fn fees(&self) -> u64 {
        let payer = self.payer.pubkey();
        let found = self
            .rpc
            .get_signatures_for_address(&payer)
            .expect("signatures");
        assert!(found.len() < 1_000, "one answer has them all");
        let fee = |found: &RpcConfirmedTransactionStatusWithSignature| {
            let signature = found.signature.parse().expect("a signature");
            let landed = self
                .rpc
                .get_transaction(&signature, UiTransactionEncoding::Base64);
            let landed = landed.expect("a transaction").transaction;
            landed.meta.expect("what it did").fee
        };
        found.iter().map(fee).sum()
    }
}

fn killed_and_resumed(seed: u64) {
    let mut random = Rng::with_seed(seed);
    let scene = Scene::new(&CONFIGS, SLOT_TIME);
    let funds = scene.funds();
    scene.fleet("plan").ends(0);

    for kill in 0..KILLS {
        let before = scene.migrated();
        let subcommand = if kill == 0 { "run" } else { "resume" };
        let fleet = scene
            .fleet(subcommand)
            .with("--max-in-flight", "2")
            .with("--max-accounts", MOST_BEFORE_A_KILL);
        let mut fleet = fleet.start();
        while scene.migrated() == before && fleet.try_wait().expect("a process").is_none() {
            sleep(Duration::from_millis(1));
        }
        sleep(Duration::from_micros(random.u64(0..300_000)));
        fleet.kill().expect("it is killed");
        fleet.wait().expect("it ended");
    }
    let half_way = scene.migrated();
    assert!(
        0 < half_way && half_way < CONFIGS.count(),
        "{half_way} are migrated"
    );
    scene.fleet("resume").ends(0);
    scene.fleet("verify").ends(0);

    let mut expected = vec![(BEFORE, 96); CONFIGS.before_rent_fell];
    expected.resize(CONFIGS.count(), (NOW, 96));
    assert_eq!(scene.configs(), expected);
    let top_ups = CONFIGS.since_rent_fell as u64 * (NOW - SINCE);
    assert_eq!(scene.funds(), funds - top_ups - scene.fees());
}

#[test]
fn killed_and_resumed_1() {
    killed_and_resumed(1);
}

#[test]
fn killed_and_resumed_2() {
    killed_and_resumed(2);
}

#[test]
fn killed_and_resumed_3() {
    killed_and_resumed(3);
}
