//! The accounts go to another program: the migrator retires them in `app`, and `successor` adopts them.

use {
    super::{FEE, Story, v2},
    crate::{config_state::ConfigState, narrator::Narrator, refusal::Refusal},
    anchor_lang::{error::ErrorCode, prelude::Clock, solana_program::sysvar::SysvarId},
    anchor_spl::token::spl_token::native_mint,
    anyhow::{Context, Result, ensure},
    app::{constants::MIGRATION_AUTHORITY, error::ConfigError, state::ConfigV2},
    migrator::{equivalence::informationally_equal, error::MigratorError, state::OldConfig},
    solana_sha256_hasher::hash,
    successor::state::{Fee, Origin, SuccessorConfig},
    svm_harness::{Instruction, Keypair, Pubkey, Signer, Svm},
    testkit::{
        client_migrator, client_successor, client_v1, client_v2,
        release::{migrator, successor},
    },
};

impl Story {
    /// Goes on where [`in_place`](Self::in_place) ends, with every config a `ConfigV1`.
    ///
    /// # Errors
    /// At the first step that did not do what it claims.
    pub async fn proxy(&mut self) -> Result<()> {
        self.deploy_programs().await;
        self.retire_without_migrator().await?;
        self.migrate_v1_by_proxy().await?;
        self.call_retired().await?;
        let reviewed = self.prepare_v2().await?;
        self.migrate_v2_by_proxy(reviewed).await
    }

    async fn deploy_programs(&mut self) {
        for (program, title) in [
            (
                migrator(),
                "deploy the migrator through the upgradeable loader",
            ),
            (
                successor(),
                "deploy the successor program through the upgradeable loader",
            ),
        ] {
            self.narrator.svm.deploy(&program).await;
            self.narrator.event(title, "callable from the next slot");
        }
        for (config, name) in [
            (self.alice_config, "alice's successor"),
            (self.bob_config, "bob's successor"),
        ] {
            self.narrator
                .name(SuccessorConfig::find_address(&config).0, name);
        }
    }

    async fn retire_without_migrator(&mut self) -> Result<()> {
        let alice = self.alice.pubkey();
        let mut retire = client_v2::retire(&self.alice_config, &alice, &alice);
        for account in &mut retire.accounts {
            if account.pubkey == MIGRATION_AUTHORITY {
                account.is_signer = false;
            }
        }
        self.narrator
            .refused(
                "alice calls retire without the migrator's signature",
                retire,
                &[&self.alice],
                ErrorCode::AccountNotSigner,
            )
            .await
    }

    async fn migrate_v1_by_proxy(&mut self) -> Result<()> {
        let bob = self.bob.pubkey();
        let adopted = SuccessorConfig {
            origin: Origin {
                predecessor: self.bob_config,
                version: 1,
                slot: slot(&mut self.narrator.svm).await?,
            },
            authority: bob,
            value: 2,
            revision: 0,
            fee: Fee::default(),
            operators: Vec::new(),
        };
        hand_over(
            &mut self.narrator,
            "bob migrates his ConfigV1 by proxy: retired and adopted",
            client_migrator::migrate_account(&bob, &bob),
            &self.bob,
            adopted,
        )
        .await
    }

    /// Nobody finds a config, or room for one, where a config was retired.
    async fn call_retired(&mut self) -> Result<()> {
        let bob = self.bob.pubkey();
        self.narrator
            .refused(
                "bob migrates it by proxy again",
                client_migrator::migrate_account(&bob, &bob),
                &[&self.bob],
                MigratorError::AlreadyMigrated,
            )
            .await?;
        self.narrator
            .refused(
                "release-1 client: bob calls update(3) on his retired config",
                client_v1::update(&bob, 3),
                &[&self.bob],
                ConfigError::Retired,
            )
            .await?;
        self.narrator
            .refused(
                "release-1 client: bob calls initialize(3) at its address",
                client_v1::initialize(&bob, 3),
                &[&self.bob],
                Refusal::account_already_in_use(),
            )
            .await
    }

    /// Alice's config gets data that only release 2 has. Returns the hash of what it held before the
    /// last change.
    async fn prepare_v2(&mut self) -> Result<[u8; 32]> {
        let (alice, bob, operator) = (
            self.alice.pubkey(),
            self.bob.pubkey(),
            self.operator.pubkey(),
        );
        let mut config = v2(alice, 17, 0);
        self.narrator
            .works(
                "alice migrates her config in place again; no rent is missing",
                client_v2::migrate(&self.alice_config, &alice, &alice),
                &[&self.alice],
                &[(self.alice_config, ConfigState::V2(config.clone()))],
            )
            .await?;
        config.operators = vec![operator, bob];
        self.narrator
            .works(
                "alice sets two operators",
                client_v2::set_operators(&alice, config.operators.clone()),
                &[&self.alice],
                &[(self.alice_config, ConfigState::V2(config.clone()))],
            )
            .await?;
        let reviewed = data_hash(&mut self.narrator.svm, self.alice_config).await?;
        config = ConfigV2 {
            revision: 1,
            fee: FEE,
            fee_mint: native_mint::ID,
            ..config
        };
        self.narrator
            .works(
                "alice sets a fee in wrapped SOL",
                client_v2::set_fee(&alice, FEE, native_mint::ID),
                &[&self.alice],
                &[(self.alice_config, ConfigState::V2(config))],
            )
            .await?;
        Ok(reviewed)
    }

    async fn migrate_v2_by_proxy(&mut self, reviewed: [u8; 32]) -> Result<()> {
        let (alice, carol) = (self.alice.pubkey(), self.carol.pubkey());
        let migrate = |expected_hash| {
            client_migrator::migrate_account_to(&alice, &alice, &carol, Some(expected_hash))
        };
        self.narrator
            .refused(
                "alice migrates by proxy, expecting what it held before the fee",
                migrate(reviewed),
                &[&self.alice],
                MigratorError::UnexpectedData,
            )
            .await?;
        let reviewed = data_hash(&mut self.narrator.svm, self.alice_config).await?;
        let mut config = SuccessorConfig {
            origin: Origin {
                predecessor: self.alice_config,
                version: 2,
                slot: slot(&mut self.narrator.svm).await?,
            },
            authority: alice,
            value: 17,
            revision: 1,
            fee: Fee {
                mint: native_mint::ID,
                amount: FEE,
            },
            operators: vec![self.operator.pubkey(), self.bob.pubkey()],
        };
        hand_over(
            &mut self.narrator,
            "alice migrates by proxy what it holds now; carol gets its lamports",
            migrate(reviewed),
            &self.alice,
            config.clone(),
        )
        .await?;

        (config.value, config.revision) = (18, 2);
        self.narrator
            .works(
                "alice calls update(18) of the successor program",
                client_successor::update(&self.alice_config, &alice, 18),
                &[&self.alice],
                &[(
                    SuccessorConfig::find_address(&self.alice_config).0,
                    ConfigState::Successor(config),
                )],
            )
            .await
    }
}

/// A migration by proxy that must leave the old config retired and `adopted` in its stead, with all
/// that the old one held just before.
async fn hand_over(
    narrator: &mut Narrator,
    title: &str,
    migrate_account: Instruction,
    authority: &Keypair,
    adopted: SuccessorConfig,
) -> Result<()> {
    let old_address = adopted.origin.predecessor;
    let held = OldConfig::read(&data(&mut narrator.svm, old_address).await?)
        .with_context(|| format!("{title}: the config is unreadable"))?;
    ensure!(
        informationally_equal(&old_address, &held, &adopted),
        "{title}: {adopted:?} is not equal to {held:?}"
    );
    narrator
        .works(
            title,
            migrate_account,
            &[authority],
            &[
                (old_address, ConfigState::Retired),
                (
                    SuccessorConfig::find_address(&old_address).0,
                    ConfigState::Successor(adopted),
                ),
            ],
        )
        .await
}

async fn data_hash(svm: &mut Svm, address: Pubkey) -> Result<[u8; 32]> {
    Ok(hash(&data(svm, address).await?).to_bytes())
}

/// The slot that the next transaction runs in.
async fn slot(svm: &mut Svm) -> Result<u64> {
    let clock = data(svm, Clock::id()).await?;
    // The slot is the clock's first field.
    let slot = clock.first_chunk().context("the clock is too short")?;
    Ok(u64::from_le_bytes(*slot))
}

async fn data(svm: &mut Svm, address: Pubkey) -> Result<Vec<u8>> {
    let account = svm.account(address).await;
    Ok(account
        .with_context(|| format!("there is no account {address}"))?
        .data)
}
