//! Configs of many authorities on one cluster.

use {
    anchor_lang::{AnchorDeserialize, Discriminator, solana_program::system_program},
    app::{
        event::ConfigsMigrated,
        state::{AnyConfig, ConfigV1, ConfigV2},
    },
    base64::{Engine, prelude::BASE64_STANDARD},
    integration::scene::FUNDS,
    support::{
        bytes::exact_bytes,
        client_v1, client_v2,
        key::key,
        releases::{newest, release},
    },
    svm_harness::{
        Account, Backend, DEFAULT_LAMPORTS_PER_BYTE, Instruction, Keypair, Outcome, Pubkey, Signer,
        Svm,
    },
};

/// Release 2 runs; the configs were made on release 1, the one at an index with the index as value.
pub struct Fleet {
    pub svm: Svm,
    pub upgrade_authority: Keypair,
    pub authorities: Vec<Keypair>,
    pub configs: Vec<Pubkey>,
}

impl Fleet {
    pub async fn start(backend: Backend, configs: usize) -> Fleet {
        Self::start_with_rent(backend, DEFAULT_LAMPORTS_PER_BYTE, configs).await
    }

    pub async fn start_with_rent(
        backend: Backend,
        lamports_per_byte: u64,
        configs: usize,
    ) -> Fleet {
        let mut svm = Svm::start_with_rent(backend, &release(1), lamports_per_byte).await;
        let authorities: Vec<_> = (0..configs).map(|i| key(&format!("owner {i}"))).collect();
        for (value, authority) in authorities.iter().enumerate() {
            svm.fund(authority.pubkey(), FUNDS).await;
            let initialize = client_v1::initialize(&authority.pubkey(), value as u64);
            svm.send(&[initialize], &[authority]).await.expect_ok();
        }
        svm.upgrade(&newest()).await;
        let upgrade_authority = svm.upgrade_authority().insecure_clone();
        svm.fund(upgrade_authority.pubkey(), FUNDS).await;
        Fleet {
            configs: authorities
                .iter()
                .map(|authority| client_v1::config_address(&authority.pubkey()))
                .collect(),
            svm,
            upgrade_authority,
            authorities,
        }
    }

    /// A batch of these configs, of which the upgrade authority pays for as much as it takes.
    pub fn migrate_many(&self, configs: &[Pubkey]) -> Instruction {
        client_v2::migrate_many(configs, &self.upgrade_authority.pubkey(), u64::MAX)
    }

    /// Sends an instruction that the upgrade authority alone signs.
    pub async fn send(&mut self, instruction: Instruction) -> Outcome {
        let signer = self.upgrade_authority.insecure_clone();
        self.svm.send(&[instruction], &[&signer]).await
    }

    /// The authority of a config migrates it and pays.
    pub async fn migrate_one(&mut self, index: usize) {
        let authority = self.authorities[index].insecure_clone();
        let (config, signer) = (self.configs[index], authority.pubkey());
        let migrate = client_v2::migrate(&config, &signer, &signer);
        self.svm.send(&[migrate], &[&authority]).await.expect_ok();
    }

    pub async fn account(&mut self, address: Pubkey) -> Account {
        let account = self.svm.account(address).await;
        account.expect("the account exists")
    }

    /// Every config's account, in order.
    pub async fn accounts(&mut self) -> Vec<Account> {
        let mut accounts = Vec::new();
        for config in self.configs.clone() {
            accounts.push(self.account(config).await);
        }
        accounts
    }

    /// Lamports of the upgrade authority.
    pub async fn funds(&mut self) -> u64 {
        self.account(self.upgrade_authority.pubkey()).await.lamports
    }

    /// The bytes of a config that was not migrated.
    pub fn unmigrated(&self, index: usize) -> Vec<u8> {
        exact_bytes(&AnyConfig::V1(ConfigV1 {
            authority: self.authorities[index].pubkey(),
            value: index as u64,
        }))
    }

    /// The bytes of a config that was migrated: its own fields, then defaults.
    pub fn migrated(&self, index: usize) -> Vec<u8> {
        exact_bytes(&AnyConfig::V2(ConfigV2 {
            authority: self.authorities[index].pubkey(),
            value: index as u64,
            revision: 0,
            fee: 0,
            fee_mint: system_program::ID,
            operators: vec![],
        }))
    }
}

/// What the events of a successful transaction say: migrated, skipped, lamports paid. Native code logs
/// none.
pub fn events(outcome: &Outcome) -> Vec<(u32, u32, u64)> {
    let data = |line: &String| Some(line.strip_prefix("Program data: ")?.to_owned());
    let logged = outcome.logs.iter().filter_map(data);
    logged
        .map(|line| {
            let bytes = BASE64_STANDARD.decode(line).expect("the runtime's base64");
            let fields = bytes
                .strip_prefix(ConfigsMigrated::DISCRIMINATOR)
                .expect("the program has one event");
            let event = ConfigsMigrated::try_from_slice(fields).expect("its fields and no more");
            (event.migrated, event.skipped, event.top_up)
        })
        .collect()
}

/// Compares the events of a transaction with the only one that it must have emitted.
#[track_caller]
pub fn expect_event(backend: Backend, outcome: &Outcome, migrated: u32, skipped: u32, top_up: u64) {
    if backend == Backend::Loader {
        assert_eq!(events(outcome), [(migrated, skipped, top_up)]);
    }
}
