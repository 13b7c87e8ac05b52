//! A real node with accounts that release 1 made, and the real command.

pub mod command;

pub use self::command::Fleet;

use {
    demo::{
        client_v1::config_address,
        key::key,
        releases::{release_1, release_2},
    },
    localnet::{Blocks, Configs, Localnet, free_port, write_key},
    solana_account::Account,
    solana_rpc_client::rpc_client::RpcClient,
    std::{path::PathBuf, time::Duration},
    svm_harness::{Keypair, Pubkey, Signer},
    tempfile::TempDir,
};

/// Lamports that make a ConfigV2 rent-exempt since rent fell.
pub const NOW: u64 = (128 + 96) * 5_080;
/// Lamports that release 1 left in a config before rent fell and since.
pub const BEFORE: u64 = (128 + 48) * 6_960;
pub const SINCE: u64 = (128 + 48) * 5_080;

/// A cluster and a place for the command's files.
pub struct Scene {
    pub localnet: Localnet,
    pub rpc: RpcClient,
    pub payer: Keypair,
    /// Of the configs, in the order of their index.
    pub addresses: Vec<Pubkey>,
    slot_time: Duration,
    folder: TempDir,
}

impl Scene {
    /// A cluster that was upgraded to release 2.
    pub fn new(configs: &Configs, slot_time: Duration) -> Self {
        let mut scene = Self::before_the_upgrade(configs, slot_time);
        scene.upgrade();
        scene
    }

    /// A cluster with release 1.
    pub fn before_the_upgrade(configs: &Configs, slot_time: Duration) -> Self {
        let payer = key("payer");
        let blocks = Blocks::Every(slot_time);
        let port = free_port().expect("a port");
        let mut localnet =
            Localnet::start(port, blocks, &[payer.pubkey()]).expect("a cluster starts");
        localnet
            .deploy(&release_1())
            .expect("release 1 is deployed");
        localnet
            .make_configs(configs)
            .expect("release 1 makes configs");
        let addresses = (0..configs.count())
            .map(|index| config_address(&configs.authority(index).pubkey()))
            .collect();
        let scene = Self {
            rpc: RpcClient::new(localnet.rpc_url()),
            localnet,
            payer,
            addresses,
            slot_time,
            folder: tempfile::tempdir().expect("a folder"),
        };
        scene.write_key("authority.json", scene.localnet.upgrade_authority());
        scene.write_key("payer.json", &scene.payer);
        scene
    }

    pub fn upgrade(&mut self) {
        let upgraded = self.localnet.upgrade(&release_2());
        upgraded.expect("an upgrade");
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    pub fn write_key(&self, file: &str, key: &Keypair) {
        write_key(&self.path(file), key).expect("a key file");
    }

    /// The command on this cluster, with the journal `fleet.db` and both keys.
    pub fn fleet(&self, subcommand: &'static str) -> Fleet {
        let fleet = Fleet::new(subcommand, &self.localnet.rpc_url())
            .with("--journal", self.path("fleet.db"));
        if subcommand == "verify" {
            return fleet;
        }
        fleet
            .with("--authority", self.path("authority.json"))
            .with("--payer", self.path("payer.json"))
            .with("--slot-time", self.slot_time.as_millis().to_string())
    }

    /// Each config, as the cluster has it.
    pub fn accounts(&self) -> impl Iterator<Item = Account> {
        let read = |part: &[Pubkey]| self.rpc.get_multiple_accounts(part).expect("accounts");
        let accounts = self.addresses.chunks(100).flat_map(read);
        accounts.map(|account| account.expect("a config"))
    }

    /// Lamports and length of each config.
    pub fn configs(&self) -> Vec<(u64, usize)> {
        self.accounts()
            .map(|account| (account.lamports, account.data.len()))
            .collect()
    }

    /// How many configs have the new layout.
    pub fn migrated(&self) -> usize {
        self.configs().iter().filter(|&&(_, len)| len == 96).count()
    }

    pub fn funds(&self) -> u64 {
        let payer = self.payer.pubkey();
        self.rpc.get_balance(&payer).expect("a balance")
    }
}
