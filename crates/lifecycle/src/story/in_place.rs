//! The accounts stay in their program: its upgrade, their migration, its use and the rollback.

use {
    super::{FEE, RENT_AT_RELEASE_2, Story, v2},
    crate::config_state::ConfigState,
    anchor_spl::{token, token_2022},
    anyhow::{Result, ensure},
    app::{constants::PROGRAM_DATA_ADDRESS, error::ConfigError, state::ConfigV2},
    svm_harness::{Pubkey, Signer},
    testkit::{client_v1, client_v2, release::release_2, tokens::Token},
};

impl Story {
    /// # Errors
    /// At the first step that did not do what it claims.
    pub async fn in_place(&mut self) -> Result<()> {
        self.release_1().await?;
        self.upgrade().await?;
        self.migrate().await?;
        self.use_release_2().await?;
        self.roll_back().await
    }

    /// A release-1 client creates and updates accounts.
    async fn release_1(&mut self) -> Result<()> {
        let (alice, bob) = (self.alice.pubkey(), self.bob.pubkey());
        self.narrator
            .works(
                "release-1 client: alice calls initialize(1)",
                client_v1::initialize(&alice, 1),
                &[&self.alice],
                &[(self.alice_config, ConfigState::v1(alice, 1))],
            )
            .await?;
        self.narrator
            .works(
                "release-1 client: bob calls initialize(2)",
                client_v1::initialize(&bob, 2),
                &[&self.bob],
                &[(self.bob_config, ConfigState::v1(bob, 2))],
            )
            .await?;
        self.narrator
            .works(
                "release-1 client: alice calls update(10)",
                client_v1::update(&alice, 10),
                &[&self.alice],
                &[(self.alice_config, ConfigState::v1(alice, 10))],
            )
            .await?;
        Ok(())
    }

    /// The program is upgraded; the same release-1 transactions still work.
    async fn upgrade(&mut self) -> Result<()> {
        self.narrator.svm.upgrade(&release_2()).await;
        self.narrator.event(
            "upgrade to release 2 through the upgradeable loader",
            "callable from the next slot",
        );
        let (alice, carol) = (self.alice.pubkey(), self.carol.pubkey());
        self.narrator
            .works(
                "release-1 client: carol calls initialize(3)",
                client_v1::initialize(&carol, 3),
                &[&self.carol],
                &[(self.carol_config, ConfigState::v1(carol, 3))],
            )
            .await?;
        self.narrator
            .works(
                "release-1 client: alice calls update(11)",
                client_v1::update(&alice, 11),
                &[&self.alice],
                &[(self.alice_config, ConfigState::v1(alice, 11))],
            )
            .await?;
        self.narrator
            .works(
                "release-1 client: carol calls close",
                client_v1::close(&carol),
                &[&self.carol],
                &[(self.carol_config, ConfigState::Closed)],
            )
            .await?;
        self.narrator
            .refused(
                "release-2 client: alice calls update_v2 on her ConfigV1",
                client_v2::update_v2(&self.alice_config, &alice, 12, None),
                &[&self.alice],
                ConfigError::NotMigrated,
            )
            .await
    }

    async fn migrate(&mut self) -> Result<()> {
        let (alice, bob) = (self.alice.pubkey(), self.bob.pubkey());
        let upgrade_authority = self.upgrade_authority.pubkey();
        let migrate_alice = client_v2::migrate(&self.alice_config, &alice, &alice);
        self.narrator
            .works(
                "alice migrates her config and pays the missing rent",
                migrate_alice.clone(),
                &[&self.alice],
                &[(self.alice_config, ConfigState::V2(v2(alice, 11, 0)))],
            )
            .await?;
        self.narrator
            .refused(
                "alice migrates it again",
                migrate_alice,
                &[&self.alice],
                ConfigError::AlreadyMigrated,
            )
            .await?;

        self.narrator.svm.set_rent(RENT_AT_RELEASE_2).await;
        self.narrator.event(
            "the cluster's rent falls",
            format!("rent {RENT_AT_RELEASE_2} lamports per byte"),
        );
        self.narrator
            .works(
                "the upgrade authority migrates bob's config; no rent is missing",
                client_v2::migrate_as_upgrade_authority(
                    &self.bob_config,
                    &upgrade_authority,
                    &upgrade_authority,
                ),
                &[&self.upgrade_authority],
                &[(self.bob_config, ConfigState::V2(v2(bob, 2, 0)))],
            )
            .await?;
        self.narrator
            .works(
                "release-1 client: alice calls update(13) on her ConfigV2",
                client_v1::update(&alice, 13),
                &[&self.alice],
                &[(self.alice_config, ConfigState::V2(v2(alice, 13, 1)))],
            )
            .await?;
        Ok(())
    }

    async fn use_release_2(&mut self) -> Result<()> {
        let (alice, operator) = (self.alice.pubkey(), self.operator.pubkey());
        let mut config = v2(alice, 13, 1);
        for (title, operators) in [
            (
                "alice sets three operators: realloc grows",
                vec![operator, alice, self.bob.pubkey()],
            ),
            ("alice keeps one operator: realloc shrinks", vec![operator]),
        ] {
            config.operators.clone_from(&operators);
            self.narrator
                .works(
                    title,
                    client_v2::set_operators(&alice, operators),
                    &[&self.alice],
                    &[(self.alice_config, ConfigState::V2(config.clone()))],
                )
                .await?;
        }
        (config.value, config.revision) = (14, 2);
        self.narrator
            .works(
                "the operator calls update_v2(14), no optional accounts",
                client_v2::update_v2(&self.alice_config, &operator, 14, Some(1)),
                &[&self.operator],
                &[(self.alice_config, ConfigState::V2(config.clone()))],
            )
            .await?;
        self.charge("an SPL Token fee", token::ID, 15, &mut config)
            .await?;
        self.charge("a Token-2022 fee", token_2022::ID, 16, &mut config)
            .await
    }

    /// Alice asks for a fee in a token of this program, on what her config holds; the operator pays it.
    async fn charge(
        &mut self,
        fee: &str,
        token_program: Pubkey,
        value: u64,
        config: &mut ConfigV2,
    ) -> Result<()> {
        let (alice, operator) = (self.alice.pubkey(), self.operator.pubkey());
        let token = Token::create(
            &mut self.narrator.svm,
            token_program,
            operator,
            alice,
            4 * FEE,
        )
        .await;
        let revision_before = config.revision;
        (config.fee, config.fee_mint) = (FEE, token.accounts.mint);
        config.revision += 1;
        self.narrator
            .works(
                &format!("alice sets {fee}"),
                client_v2::set_fee(&alice, FEE, token.accounts.mint),
                &[&self.alice],
                &[(self.alice_config, ConfigState::V2(config.clone()))],
            )
            .await?;
        self.narrator
            .refused(
                &format!("the operator calls update_v2({value}), expecting the fee it saw before"),
                client_v2::update_v2(&self.alice_config, &operator, value, Some(revision_before)),
                &[&self.operator],
                ConfigError::RevisionMismatch,
            )
            .await?;
        let revision = config.revision;
        self.narrator
            .refused(
                &format!("the operator calls update_v2({value}) without the fee's accounts"),
                client_v2::update_v2(&self.alice_config, &operator, value, Some(revision)),
                &[&self.operator],
                ConfigError::FeeAccountsMissing,
            )
            .await?;
        (config.value, config.revision) = (value, revision + 1);
        self.narrator
            .works(
                &format!("the operator calls update_v2({value}) and pays {FEE} base units"),
                client_v2::update_v2_paying(
                    &self.alice_config,
                    &operator,
                    value,
                    Some(revision),
                    token.accounts,
                ),
                &[&self.operator],
                &[(self.alice_config, ConfigState::V2(config.clone()))],
            )
            .await?;
        let source = token.source_amount(&mut self.narrator.svm).await;
        let vault = token.vault_amount(&mut self.narrator.svm).await;
        ensure!(
            (source, vault) == (3 * FEE, FEE),
            "{fee}: the source holds {source} and the vault {vault} base units"
        );
        Ok(())
    }

    async fn roll_back(&mut self) -> Result<()> {
        let (alice, bob) = (self.alice.pubkey(), self.bob.pubkey());
        let upgrade_authority = self.upgrade_authority.pubkey();
        ensure!(
            self.narrator
                .svm
                .account(PROGRAM_DATA_ADDRESS)
                .await
                .is_some(),
            "the loader keeps the upgrade authority elsewhere"
        );
        self.narrator
            .works(
                "the upgrade authority rolls bob's config back",
                client_v2::rollback(&self.bob_config, &upgrade_authority, false),
                &[&self.upgrade_authority],
                &[(self.bob_config, ConfigState::v1(bob, 2))],
            )
            .await?;
        self.narrator
            .refused(
                "it rolls alice's config back, which has release-2 data",
                client_v2::rollback(&self.alice_config, &upgrade_authority, false),
                &[&self.upgrade_authority],
                ConfigError::WouldDiscardV2Data,
            )
            .await?;
        self.narrator
            .works(
                "it rolls alice's config back and discards that data",
                client_v2::rollback(&self.alice_config, &upgrade_authority, true),
                &[&self.upgrade_authority],
                &[(self.alice_config, ConfigState::v1(alice, 16))],
            )
            .await?;
        self.narrator
            .works(
                "release-1 client: alice calls update(17)",
                client_v1::update(&alice, 17),
                &[&self.alice],
                &[(self.alice_config, ConfigState::v1(alice, 17))],
            )
            .await?;
        Ok(())
    }
}
