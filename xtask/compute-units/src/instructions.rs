//! Every instruction of release 2.

use {
    anchor_spl::{token, token_2022},
    app::instructions::InitializeV2Args,
    support::{
        client_v1::{self, config_address},
        client_v2,
        key::key,
        releases::newest_as_released,
        tokens::Token,
    },
    svm_harness::{Backend, Instruction, Keypair, Pubkey, Signer, Svm},
};

pub struct Measured {
    pub instruction: &'static str,
    pub on: &'static str,
    pub compute_units: u64,
}

pub async fn measure() -> Vec<Measured> {
    let mut bench = Bench::start().await;
    bench.release_1().await;
    bench.migrate().await;
    bench.release_2().await;
    bench.fees().await;
    bench.end_of_life().await;
    bench.rows
}

/// Key pairs that are the same in every run.
pub fn authorities() -> impl Iterator<Item = Keypair> {
    (0..).map(|i: u64| key(&format!("authority {i}")))
}

/// A key pair whose config's address has bump 255, so that deriving it takes one attempt.
pub fn authority() -> Keypair {
    let seeds = [app::constants::CONFIG_SEED];
    authorities()
        .find(|key| {
            let address = key.pubkey();
            let seeds = [seeds[0], address.as_ref()];
            Pubkey::find_program_address(&seeds, &app::ID).1 == u8::MAX
        })
        .expect("half of all keys have bump 255")
}

struct Bench {
    svm: Svm,
    authority: Keypair,
    upgrade_authority: Keypair,
    config: Pubkey,
    rows: Vec<Measured>,
}

impl Bench {
    async fn start() -> Self {
        let mut svm = Svm::start(Backend::Loader, &newest_as_released()).await;
        let authority = authority();
        let upgrade_authority = svm.upgrade_authority().insecure_clone();
        for signer in [&authority, &upgrade_authority] {
            svm.fund(signer.pubkey(), 10_000_000_000).await;
        }
        Self {
            svm,
            config: config_address(&authority.pubkey()),
            authority,
            upgrade_authority,
            rows: Vec::new(),
        }
    }

    async fn row(
        &mut self,
        name: &'static str,
        on: &'static str,
        instruction: Instruction,
        signer: &Keypair,
    ) {
        let outcome = self.svm.send(&[instruction], &[signer]).await.expect_ok();
        self.rows.push(Measured {
            instruction: name,
            on,
            compute_units: outcome.compute_units,
        });
    }

    async fn release_1(&mut self) {
        let authority = self.authority.insecure_clone();
        let address = authority.pubkey();
        self.row(
            "initialize",
            "no account",
            client_v1::initialize(&address, 1),
            &authority,
        )
        .await;
        self.row(
            "update",
            "ConfigV1",
            client_v1::update(&address, 2),
            &authority,
        )
        .await;
        self.row("close", "ConfigV1", client_v1::close(&address), &authority)
            .await;
        let initialize = client_v1::initialize(&address, 1);
        self.svm
            .send(&[initialize], &[&authority])
            .await
            .expect_ok();
    }

    async fn migrate(&mut self) {
        let authority = self.authority.insecure_clone();
        let upgrade_authority = self.upgrade_authority.insecure_clone();
        let by_authority =
            client_v2::migrate(&self.config, &authority.pubkey(), &authority.pubkey());
        let by_upgrade_authority = client_v2::migrate_as_upgrade_authority(
            &self.config,
            &upgrade_authority.pubkey(),
            &upgrade_authority.pubkey(),
        );
        let rollback = client_v2::rollback(&self.config, &upgrade_authority.pubkey(), false);

        self.row(
            "migrate",
            "ConfigV1, by its authority, rent is missing",
            by_authority.clone(),
            &authority,
        )
        .await;
        self.row("rollback", "ConfigV2", rollback.clone(), &upgrade_authority)
            .await;
        self.row(
            "migrate",
            "ConfigV1, by its authority, no rent is missing",
            by_authority,
            &authority,
        )
        .await;
        self.svm
            .send(&[rollback], &[&upgrade_authority])
            .await
            .expect_ok();
        self.row(
            "migrate",
            "ConfigV1, by the upgrade authority, no rent is missing",
            by_upgrade_authority,
            &upgrade_authority,
        )
        .await;
    }

    async fn release_2(&mut self) {
        let authority = self.authority.insecure_clone();
        let address = authority.pubkey();
        let (one, two) = (vec![address], vec![address, self.config]);
        self.row(
            "update",
            "ConfigV2",
            client_v1::update(&address, 3),
            &authority,
        )
        .await;
        self.row(
            "update_v2",
            "ConfigV2, no fee, no optional accounts",
            client_v2::update_v2(&self.config, &address, 4, None),
            &authority,
        )
        .await;
        self.row(
            "set_operators",
            "ConfigV2, from none to two",
            client_v2::set_operators(&address, two),
            &authority,
        )
        .await;
        self.row(
            "set_operators",
            "ConfigV2, from two to one",
            client_v2::set_operators(&address, one),
            &authority,
        )
        .await;
    }

    async fn fees(&mut self) {
        let authority = self.authority.insecure_clone();
        let address = authority.pubkey();
        for (program, on) in [
            (token::ID, "ConfigV2, fee in SPL Token"),
            (token_2022::ID, "ConfigV2, fee in Token-2022"),
        ] {
            let token = Token::create(&mut self.svm, program, address, address, 1_000_000).await;
            self.row(
                "set_fee",
                on,
                client_v2::set_fee(&address, 10, token.accounts.mint),
                &authority,
            )
            .await;
            let update = client_v2::update_v2_with(
                &self.config,
                &address,
                5,
                None,
                u64::MAX,
                Some(token.accounts),
            );
            self.row("update_v2", on, update, &authority).await;
        }
    }

    async fn end_of_life(&mut self) {
        let authority = self.authority.insecure_clone();
        let address = authority.pubkey();
        self.row("close", "ConfigV2", client_v1::close(&address), &authority)
            .await;
        let args = InitializeV2Args {
            value: 1,
            fee: 0,
            fee_mint: Pubkey::default(),
            operators: vec![],
        };
        self.row(
            "initialize_v2",
            "no account",
            client_v2::initialize_v2(&address, args),
            &authority,
        )
        .await;
    }
}
