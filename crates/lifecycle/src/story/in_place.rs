//! The accounts stay in their program: its upgrade, their migration, its use and the rollback.

use {
    super::{FEE, RENT_LATER, Story},
    crate::{call::Call, cast::Cast, claim::Claim},
    anchor_spl::{token, token_2022},
    anyhow::{Result, ensure},
    app::{constants::PROGRAM_DATA_ADDRESS, error::ConfigError, state::ConfigV2},
    support::{
        client_v1, client_v2,
        releases::{newest, releases},
        tokens::Token,
    },
    svm_harness::Pubkey,
};

impl Story {
    /// # Errors
    /// At the first step that did not do what it claims.
    pub async fn in_place(&mut self) -> Result<()> {
        self.narrator.play(on_release_1(&self.cast)).await?;
        let upgrade = format!(
            "upgrade to release {} through the upgradeable loader",
            releases().newest()
        );
        self.narrator.upgrade(&upgrade, &newest()).await;
        self.narrator.play(after_the_upgrade(&self.cast)).await?;
        self.narrator.play(migration_by_alice(&self.cast)).await?;
        self.narrator
            .set_rent("the cluster's rent falls", RENT_LATER)
            .await;
        self.narrator
            .play(migration_by_the_upgrade_authority(&self.cast))
            .await?;
        self.use_release_2().await?;
        self.roll_back().await
    }

    async fn use_release_2(&mut self) -> Result<()> {
        let mut config = self.cast.alice.migrated(13, 1);
        self.narrator
            .play(operators(&self.cast, &mut config))
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
        let svm = &mut self.narrator.svm;
        let (payer, recipient) = (self.cast.operator.address, self.cast.alice.address);
        let token = Token::create(svm, token_program, payer, recipient, 4 * FEE).await;
        self.narrator
            .play(fees(&self.cast, fee, &token, value, config))
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
        let program_data = self.narrator.svm.account(PROGRAM_DATA_ADDRESS).await;
        ensure!(
            program_data.is_some(),
            "the loader keeps the upgrade authority elsewhere"
        );
        self.narrator.play(rollback(&self.cast)).await
    }
}

/// A release-1 client creates and updates accounts.
fn on_release_1(cast: &Cast) -> Vec<Call<'_>> {
    let Cast { alice, bob, .. } = cast;
    vec![
        alice
            .sends(
                "release-1 client: alice calls initialize(1)",
                client_v1::initialize(&alice.address, 1),
            )
            .leaves(alice.v1(1)),
        bob.sends(
            "release-1 client: bob calls initialize(2)",
            client_v1::initialize(&bob.address, 2),
        )
        .leaves(bob.v1(2)),
        alice
            .sends(
                "release-1 client: alice calls update(10)",
                client_v1::update(&alice.address, 10),
            )
            .leaves(alice.v1(10)),
    ]
}

/// The same release-1 transactions still work.
fn after_the_upgrade(cast: &Cast) -> Vec<Call<'_>> {
    let Cast { alice, carol, .. } = cast;
    vec![
        carol
            .sends(
                "release-1 client: carol calls initialize(3)",
                client_v1::initialize(&carol.address, 3),
            )
            .leaves(carol.v1(3)),
        alice
            .sends(
                "release-1 client: alice calls update(11)",
                client_v1::update(&alice.address, 11),
            )
            .leaves(alice.v1(11)),
        carol
            .sends(
                "release-1 client: carol calls close",
                client_v1::close(&carol.address),
            )
            .leaves(Claim::closed(carol.config)),
        alice
            .sends(
                "release-2 client: alice calls update_v2 on her ConfigV1",
                client_v2::update_v2(&alice.config, &alice.address, 12, None),
            )
            .is_rejected(ConfigError::NotMigrated),
    ]
}

fn migration_by_alice(cast: &Cast) -> Vec<Call<'_>> {
    let Cast { alice, .. } = cast;
    let migrate = client_v2::migrate(&alice.config, &alice.address, &alice.address);
    vec![
        alice
            .sends(
                "alice migrates her config and pays the missing rent",
                migrate.clone(),
            )
            .leaves(alice.v2(&alice.migrated(11, 0))),
        alice
            .sends("alice migrates it again", migrate)
            .is_rejected(ConfigError::AlreadyMigrated),
    ]
}

fn migration_by_the_upgrade_authority(cast: &Cast) -> Vec<Call<'_>> {
    let Cast {
        alice,
        bob,
        upgrade_authority,
        ..
    } = cast;
    let signer = &upgrade_authority.address;
    vec![
        upgrade_authority
            .sends(
                "the upgrade authority migrates bob's config; no rent is missing",
                client_v2::migrate_as_upgrade_authority(&bob.config, signer, signer),
            )
            .leaves(bob.v2(&bob.migrated(2, 0))),
        alice
            .sends(
                "release-1 client: alice calls update(13) on her ConfigV2",
                client_v1::update(&alice.address, 13),
            )
            .leaves(alice.v2(&alice.migrated(13, 1))),
    ]
}

/// `config` is what alice's holds, before and after.
fn operators<'a>(cast: &'a Cast, config: &mut ConfigV2) -> Vec<Call<'a>> {
    let Cast {
        alice,
        bob,
        operator,
        ..
    } = cast;
    let three = vec![operator.address, alice.address, bob.address];
    let with_three = ConfigV2 {
        operators: three.clone(),
        ..config.clone()
    };
    let one = vec![operator.address];
    let with_one = ConfigV2 {
        operators: one.clone(),
        ..config.clone()
    };
    *config = ConfigV2 {
        value: 14,
        revision: 2,
        ..with_one.clone()
    };
    vec![
        alice
            .sends(
                "alice sets three operators: realloc grows",
                client_v2::set_operators(&alice.address, three),
            )
            .leaves(alice.v2(&with_three)),
        alice
            .sends(
                "alice keeps one operator: realloc shrinks",
                client_v2::set_operators(&alice.address, one),
            )
            .leaves(alice.v2(&with_one)),
        operator
            .sends(
                "the operator calls update_v2(14), no optional accounts",
                client_v2::update_v2(&alice.config, &operator.address, 14, Some(1)),
            )
            .leaves(alice.v2(config)),
    ]
}

/// `config` is what alice's holds, before and after.
fn fees<'a>(
    cast: &'a Cast,
    fee: &str,
    token: &Token,
    value: u64,
    config: &mut ConfigV2,
) -> Vec<Call<'a>> {
    let Cast {
        alice, operator, ..
    } = cast;
    let before = config.revision;
    let with_fee = ConfigV2 {
        revision: before + 1,
        fee: FEE,
        fee_mint: token.accounts.mint,
        ..config.clone()
    };
    *config = ConfigV2 {
        value,
        revision: before + 2,
        ..with_fee.clone()
    };
    let update =
        |expected| client_v2::update_v2(&alice.config, &operator.address, value, Some(expected));
    vec![
        alice
            .sends(
                format!("alice sets {fee}"),
                client_v2::set_fee(&alice.address, FEE, token.accounts.mint),
            )
            .leaves(alice.v2(&with_fee)),
        operator
            .sends(
                format!("the operator calls update_v2({value}), expecting the fee it saw before"),
                update(before),
            )
            .is_rejected(ConfigError::RevisionMismatch),
        operator
            .sends(
                format!("the operator calls update_v2({value}) without the fee's accounts"),
                update(before + 1),
            )
            .is_rejected(ConfigError::FeeAccountsMissing),
        operator
            .sends(
                format!("the operator calls update_v2({value}) and pays {FEE} base units"),
                client_v2::update_v2_with(
                    &alice.config,
                    &operator.address,
                    value,
                    Some(before + 1),
                    FEE,
                    Some(token.accounts),
                ),
            )
            .leaves(alice.v2(config)),
    ]
}

fn rollback(cast: &Cast) -> Vec<Call<'_>> {
    let Cast {
        alice,
        bob,
        upgrade_authority,
        ..
    } = cast;
    let signer = &upgrade_authority.address;
    vec![
        upgrade_authority
            .sends(
                "the upgrade authority rolls bob's config back",
                client_v2::rollback(&bob.config, signer, false),
            )
            .leaves(bob.v1(2)),
        upgrade_authority
            .sends(
                "it rolls alice's config back, which has release-2 data",
                client_v2::rollback(&alice.config, signer, false),
            )
            .is_rejected(ConfigError::WouldDiscardV2Data),
        upgrade_authority
            .sends(
                "it rolls alice's config back and discards that data",
                client_v2::rollback(&alice.config, signer, true),
            )
            .leaves(alice.v1(16)),
        alice
            .sends(
                "release-1 client: alice calls update(17)",
                client_v1::update(&alice.address, 17),
            )
            .leaves(alice.v1(17)),
    ]
}
