//! The accounts go to another program: the migrator retires them in `app`, and `successor` adopts them.

mod chain;
mod claims;

use {
    self::{
        chain::{data, slot},
        claims::{retired, successor_is},
    },
    super::{FEE, Sequel, Story},
    crate::{
        call::{Call, Request},
        cast::Cast,
        narrator::Narrator,
        rejection::Rejection,
    },
    anchor_lang::error::ErrorCode,
    anchor_spl::token::spl_token::native_mint,
    anyhow::{Context, Result, ensure},
    app::{constants::MIGRATION_AUTHORITY, error::ConfigError, state::ConfigV2},
    proxy::{
        client_migrator::{self, data_hash},
        client_successor,
        migrator::{equivalence::informationally_equal, error::MigratorError, state::OldConfig},
        releases,
        successor::state::{Fee, Origin, SuccessorConfig},
    },
    support::{client_v1, client_v2},
};

pub const SEQUEL: Sequel = Sequel {
    name: "proxy",
    about: "Moves the accounts to another program, by proxy",
    picture: "docs/config-v2-to-successor.svg",
    play: |story| Box::pin(play(story)),
};

async fn play(Story { narrator, cast }: &mut Story) -> Result<()> {
    deploy(narrator, cast).await;
    narrator.play([retirement_by_its_authority(cast)]).await?;
    migrate_v1(narrator, cast).await?;
    narrator.play(calls_of_a_retired_config(cast)).await?;

    let mut config = cast.alice.migrated(17, 0);
    narrator.play(release_2_data(cast, &mut config)).await?;
    let reviewed = data(&mut narrator.svm, cast.alice.config).await?;
    narrator.play([fee(cast, &mut config)]).await?;
    migrate_v2(narrator, cast, &reviewed, config).await
}

async fn deploy(narrator: &mut Narrator, cast: &Cast) {
    let migrator = "deploy the migrator through the upgradeable loader";
    narrator.deploy(migrator, &releases::migrator()).await;
    let successor = "deploy the successor program through the upgradeable loader";
    narrator.deploy(successor, &releases::successor()).await;
    for actor in [&cast.alice, &cast.bob] {
        let address = SuccessorConfig::find_address(&actor.config).0;
        narrator.name(address, format!("{}'s successor", actor.name));
    }
}

fn retirement_by_its_authority(cast: &Cast) -> Call<'_> {
    let Cast { alice, .. } = cast;
    let mut retire = client_v2::retire(&alice.config, &alice.address, &alice.address);
    for account in &mut retire.accounts {
        if account.pubkey == MIGRATION_AUTHORITY {
            account.is_signer = false;
        }
    }
    alice
        .sends(
            "alice calls retire without the migrator's signature",
            retire,
        )
        .is_rejected(ErrorCode::AccountNotSigner)
}

async fn migrate_v1(narrator: &mut Narrator, cast: &Cast) -> Result<()> {
    let Cast { bob, .. } = cast;
    let adopted = SuccessorConfig {
        origin: Origin {
            predecessor: bob.config,
            version: 1,
            slot: slot(&mut narrator.svm).await?,
        },
        authority: bob.address,
        value: 2,
        revision: 0,
        fee: Fee::default(),
        operators: Vec::new(),
    };
    let migrate = bob.sends(
        "bob migrates his ConfigV1 by proxy: retired and adopted",
        client_migrator::migrate_account(&bob.address, &bob.address),
    );
    hand_over(narrator, migrate, &adopted).await
}

/// Nobody finds a config, or room for one, where a config was retired.
fn calls_of_a_retired_config(cast: &Cast) -> Vec<Call<'_>> {
    let Cast { bob, .. } = cast;
    vec![
        bob.sends(
            "bob migrates it by proxy again",
            client_migrator::migrate_account(&bob.address, &bob.address),
        )
        .is_rejected(MigratorError::AlreadyMigrated),
        bob.sends(
            "release-1 client: bob calls update(3) on his retired config",
            client_v1::update(&bob.address, 3),
        )
        .is_rejected(ConfigError::Retired),
        bob.sends(
            "release-1 client: bob calls initialize(3) at its address",
            client_v1::initialize(&bob.address, 3),
        )
        .is_rejected(Rejection::account_already_in_use()),
    ]
}

/// `config` is what alice's holds, before and after.
fn release_2_data<'a>(cast: &'a Cast, config: &mut ConfigV2) -> Vec<Call<'a>> {
    let Cast {
        alice,
        bob,
        operator,
        ..
    } = cast;
    let migrated = config.clone();
    config.operators = vec![operator.address, bob.address];
    vec![
        alice
            .sends(
                "alice migrates her config in place again; no rent is missing",
                client_v2::migrate(&alice.config, &alice.address, &alice.address),
            )
            .leaves(alice.v2(&migrated)),
        alice
            .sends(
                "alice sets two operators",
                client_v2::set_operators(&alice.address, config.operators.clone()),
            )
            .leaves(alice.v2(config)),
    ]
}

/// `config` is what alice's holds, before and after.
fn fee<'a>(cast: &'a Cast, config: &mut ConfigV2) -> Call<'a> {
    let Cast { alice, .. } = cast;
    (config.revision, config.fee, config.fee_mint) = (1, FEE, native_mint::ID);
    alice
        .sends(
            "alice sets a fee in wrapped SOL",
            client_v2::set_fee(&alice.address, FEE, native_mint::ID),
        )
        .leaves(alice.v2(config))
}

/// Alice's config holds `config` by now; `before` is its data when she reviewed it.
async fn migrate_v2(
    narrator: &mut Narrator,
    cast: &Cast,
    before: &[u8],
    config: ConfigV2,
) -> Result<()> {
    let Cast { alice, carol, .. } = cast;
    let migrate = |title, reviewed: &[u8]| {
        let hash = Some(data_hash(reviewed));
        let (payer, recipient) = (&alice.address, &carol.address);
        alice.sends(
            title,
            client_migrator::migrate_account_to(&alice.address, payer, recipient, hash),
        )
    };
    let too_early = migrate(
        "alice migrates by proxy, expecting what it held before the fee",
        before,
    );
    narrator
        .play([too_early.is_rejected(MigratorError::UnexpectedData)])
        .await?;

    let reviewed = data(&mut narrator.svm, alice.config).await?;
    let mut adopted = SuccessorConfig {
        origin: Origin {
            predecessor: alice.config,
            version: 2,
            slot: slot(&mut narrator.svm).await?,
        },
        authority: alice.address,
        value: 17,
        revision: 1,
        fee: Fee {
            mint: native_mint::ID,
            amount: FEE,
        },
        operators: config.operators,
    };
    let migrate = migrate(
        "alice migrates by proxy what it holds now; carol gets its lamports",
        &reviewed,
    );
    hand_over(narrator, migrate, &adopted).await?;

    (adopted.value, adopted.revision) = (18, 2);
    let update = alice.sends(
        "alice calls update(18) of the successor program",
        client_successor::update(&alice.config, &alice.address, 18),
    );
    narrator.play([update.leaves(successor_is(&adopted))]).await
}

/// A migration by proxy that must leave the old config retired and `adopted` in its stead, with all
/// that the old one held just before.
async fn hand_over(
    narrator: &mut Narrator,
    migrate: Request<'_>,
    adopted: &SuccessorConfig,
) -> Result<()> {
    let old = adopted.origin.predecessor;
    let held = OldConfig::read(&data(&mut narrator.svm, old).await?)
        .with_context(|| format!("the config {old} is unreadable"))?;
    ensure!(
        informationally_equal(&old, &held, adopted),
        "{adopted:?} is not equal to {held:?}"
    );
    let claims = vec![retired(old), successor_is(adopted)];
    narrator.play([migrate.leaves_all(claims)]).await
}
