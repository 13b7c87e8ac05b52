//! The command is killed at random moments, goes on with what its journal says, and pays for each account
//! once.

use {
    fastrand::Rng,
    localnet::{Blocks, Configs, Localnet, free_port, write_key},
    solana_rpc_client::rpc_client::RpcClient,
    solana_rpc_client_api::response::RpcConfirmedTransactionStatusWithSignature,
    solana_transaction_status_client_types::UiTransactionEncoding,
    std::{
        path::PathBuf,
        process::{Child, Command, ExitStatus, Stdio},
        thread::sleep,
        time::Duration,
    },
    svm_harness::{Keypair, Pubkey, Signer},
    tempfile::TempDir,
    testkit::{
        client_v1::config_address,
        key::key,
        release::{in_workspace, release_1, release_2_as_released},
    },
};

const CONFIGS: Configs = Configs {
    seed: 9,
    before_rent_fell: 600,
    since_rent_fell: 700,
};
/// Lamports that make a ConfigV2 rent-exempt, now and before rent fell.
const NOW: u64 = (128 + 96) * 5_080;
/// Lamports that release 1 left in a config before rent fell and since.
const BEFORE: u64 = (128 + 48) * 6_960;
const SINCE: u64 = (128 + 48) * 5_080;

/// Runs that are killed; together they may take up fewer accounts than there are.
const KILLS: usize = 10;
const MOST_BEFORE_A_KILL: &str = "120";

/// A cluster and a place for the command's files.
struct Scene {
    localnet: Localnet,
    rpc: RpcClient,
    payer: Keypair,
    /// Of the configs, in the order of their index.
    addresses: Vec<Pubkey>,
    folder: TempDir,
}

impl Scene {
    fn new() -> Self {
        let payer = key("payer");
        let blocks = Blocks::Every(Duration::from_millis(50));
        let port = free_port().expect("a port");
        let mut localnet =
            Localnet::start(port, blocks, &[payer.pubkey()]).expect("a cluster starts");
        localnet
            .deploy(&release_1())
            .expect("release 1 is deployed");
        localnet
            .make_configs(&CONFIGS)
            .expect("release 1 makes configs");
        localnet
            .upgrade(&release_2_as_released())
            .expect("an upgrade");
        let addresses = (0..CONFIGS.count())
            .map(|index| config_address(&CONFIGS.authority(index).pubkey()))
            .collect();
        let scene = Self {
            rpc: RpcClient::new(localnet.rpc_url()),
            localnet,
            payer,
            addresses,
            folder: tempfile::tempdir().expect("a folder"),
        };
        write_key(
            &scene.path("authority.json"),
            scene.localnet.upgrade_authority(),
        )
        .expect("a key file");
        write_key(&scene.path("payer.json"), &scene.payer).expect("a key file");
        scene
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    fn fleet(&self, subcommand: &str, more: &[&str]) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fleet"));
        command
            .current_dir(in_workspace("."))
            .args([subcommand, "--url", &self.localnet.rpc_url()])
            .args(["--idl", "releases/v2/app.json"])
            .args(["--calls-per-second", "10000"])
            .arg("--journal")
            .arg(self.path("fleet.db"))
            .args(more)
            .stdout(Stdio::null());
        if subcommand != "verify" {
            command.arg("--authority").arg(self.path("authority.json"));
            command.arg("--payer").arg(self.path("payer.json"));
        }
        command.spawn().expect("the command starts")
    }

    fn wait(&self, subcommand: &str, more: &[&str]) -> ExitStatus {
        self.fleet(subcommand, more)
            .wait()
            .expect("the command ends")
    }

    /// Lamports and length of each config, as the cluster has them.
    fn configs(&self) -> Vec<(u64, usize)> {
        let read = |part: &[Pubkey]| self.rpc.get_multiple_accounts(part).expect("accounts");
        let accounts = self.addresses.chunks(100).flat_map(read);
        accounts
            .map(|account| account.expect("a config"))
            .map(|account| (account.lamports, account.data.len()))
            .collect()
    }

    /// How many configs have the new layout.
    fn migrated(&self) -> usize {
        self.configs().iter().filter(|&&(_, len)| len == 96).count()
    }

    fn funds(&self) -> u64 {
        self.rpc
            .get_balance(&self.payer.pubkey())
            .expect("a balance")
    }

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
    let scene = Scene::new();
    let funds = scene.funds();
    assert_eq!(scene.wait("plan", &[]).code(), Some(0));

    for kill in 0..KILLS {
        let before = scene.migrated();
        let subcommand = if kill == 0 { "run" } else { "resume" };
        let mut fleet = scene.fleet(
            subcommand,
            &[
                "--slot-time",
                "50",
                "--max-in-flight",
                "2",
                "--max-accounts",
                MOST_BEFORE_A_KILL,
            ],
        );
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
    assert_eq!(scene.wait("resume", &["--slot-time", "50"]).code(), Some(0));
    assert_eq!(scene.wait("verify", &[]).code(), Some(0));

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
