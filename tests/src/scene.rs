use {
    app::state::{AnyConfig, ConfigV1, ConfigV2},
    support::{
        bytes::exact_bytes,
        client_v1, client_v2,
        key::key,
        releases::{newest, release},
    },
    svm_harness::{Account, Backend, Keypair, Program, Pubkey, Signer, Svm},
};

/// Lamports that every signer of a scene starts with.
pub const FUNDS: u64 = 10_000_000_000;

/// The authority of every scene.
pub fn authority() -> Keypair {
    key("authority")
}

/// A cluster with one authority whose config was created by the release-1 client on release 1.
pub struct Scene {
    pub svm: Svm,
    pub authority: Keypair,
    pub config: Pubkey,
}

impl Scene {
    /// Release 1 runs, and the config holds `value`.
    pub async fn on_release_1(backend: Backend, lamports_per_byte: u64, value: u64) -> Scene {
        let mut scene = Self::start(&release(1), backend, lamports_per_byte).await;
        let initialize = client_v1::initialize(&scene.authority.pubkey(), value);
        scene
            .svm
            .send(&[initialize], &[&scene.authority])
            .await
            .expect_ok();
        scene
    }

    /// The newest release runs; the config was made before the upgrade and has the layout of release 1.
    pub async fn with_v1_account(backend: Backend, value: u64) -> Scene {
        let rate = svm_harness::DEFAULT_LAMPORTS_PER_BYTE;
        let mut scene = Self::on_release_1(backend, rate, value).await;
        scene.svm.upgrade(&newest()).await;
        scene
    }

    /// The newest release runs; the config was made before the upgrade and has been migrated since.
    pub async fn with_v2_account(backend: Backend, value: u64) -> Scene {
        let mut scene = Self::with_v1_account(backend, value).await;
        scene.migrate().await;
        scene
    }

    /// The newest release runs; the authority has no config.
    pub async fn without_account(backend: Backend) -> Scene {
        Self::start(&newest(), backend, svm_harness::DEFAULT_LAMPORTS_PER_BYTE).await
    }

    async fn start(program: &Program, backend: Backend, lamports_per_byte: u64) -> Scene {
        let mut svm = Svm::start_with_rent(backend, program, lamports_per_byte).await;
        let authority = authority();
        svm.fund(authority.pubkey(), FUNDS).await;
        let config = client_v1::config_address(&authority.pubkey());
        Scene {
            svm,
            authority,
            config,
        }
    }

    /// The config's authority migrates it and pays.
    pub async fn migrate(&mut self) {
        let authority = self.authority.pubkey();
        self.svm
            .send(
                &[client_v2::migrate(&self.config, &authority, &authority)],
                &[&self.authority],
            )
            .await
            .expect_ok();
    }

    pub async fn lamports(&mut self, address: Pubkey) -> u64 {
        self.svm
            .account(address)
            .await
            .map_or(0, |account| account.lamports)
    }

    /// The config's data.
    pub async fn data(&mut self) -> Vec<u8> {
        self.svm
            .account(self.config)
            .await
            .expect("the config exists")
            .data
    }

    /// The config, read from bytes that hold nothing else.
    pub async fn read(&mut self) -> AnyConfig {
        let data = self.data().await;
        let config = AnyConfig::read(&data).expect("the config is of a known version");
        assert_eq!(exact_bytes(&config), data, "the account holds stray bytes");
        config
    }

    pub async fn read_v1(&mut self) -> ConfigV1 {
        match self.read().await {
            AnyConfig::V1(config) => config,
            AnyConfig::V2(config) => panic!("migrated already: {config:?}"),
        }
    }

    pub async fn read_v2(&mut self) -> ConfigV2 {
        match self.read().await {
            AnyConfig::V1(config) => panic!("not migrated: {config:?}"),
            AnyConfig::V2(config) => config,
        }
    }
}

/// An account that is not executable, for [`Svm::set_account`].
pub fn account(owner: Pubkey, data: Vec<u8>, lamports: u64) -> Account {
    Account {
        lamports,
        data,
        owner,
        executable: false,
        rent_epoch: u64::MAX,
    }
}
