//! `migrate` on accounts of every length from 0 to 128 bytes and around 10,240.

use {
    anchor_lang::solana_program::system_program,
    app::{
        error::ConfigError,
        state::{AnyConfig, ConfigV2},
    },
    integration::{
        bad_input::{Holds, Keys, Kind},
        rejection::expect_rejection,
        scene::{Scene, account},
    },
    support::{bytes::exact_bytes, client_v2, key::key},
    svm_harness::{
        Backend, DEFAULT_LAMPORTS_PER_BYTE, Pubkey, Signer, on_both_backends, rent_exempt_minimum,
    },
};

on_both_backends!(
    a_config_v1_of_at_least_48_bytes_is_migrated_to_96,
    an_account_that_is_no_config_v1_is_rejected_at_every_length,
);

fn lengths() -> impl Iterator<Item = usize> {
    (0..=128).chain(10_230..=10_250)
}

/// An account of this length that begins as a config of this kind, then holds stray bytes.
async fn plant(scene: &mut Scene, kind: Kind, len: usize) -> Pubkey {
    let address = key("planted").pubkey();
    let data = kind.data(&Keys::new(&scene.svm), len);
    let lamports = rent_exempt_minimum(len, DEFAULT_LAMPORTS_PER_BYTE);
    let account = account(app::ID, data, lamports);
    scene.svm.set_account(address, account).await;
    address
}

async fn a_config_v1_of_at_least_48_bytes_is_migrated_to_96(backend: Backend) {
    let mut scene = Scene::with_v1_account(backend, 1).await;
    let authority = scene.authority.insecure_clone();
    let migrated = exact_bytes(&AnyConfig::V2(ConfigV2 {
        authority: authority.pubkey(),
        value: 3,
        revision: 0,
        fee: 0,
        fee_mint: system_program::ID,
        operators: vec![],
    }));
    for len in lengths() {
        let config = plant(&mut scene, Kind::V1, len).await;
        let migrate = client_v2::migrate(&config, &authority.pubkey(), &authority.pubkey());
        match len {
            0 => {
                expect_rejection(
                    &mut scene.svm,
                    migrate,
                    &[&authority],
                    ConfigError::Uninitialized,
                )
                .await
            }
            1..48 => {
                expect_rejection(
                    &mut scene.svm,
                    migrate,
                    &[&authority],
                    ConfigError::Truncated,
                )
                .await
            }
            _ => {
                scene.svm.send(&[migrate], &[&authority]).await.expect_ok();
                let account = scene.svm.account(config).await.expect("it stays");
                assert_eq!(account.data, migrated, "{len}");
                let longer = len.max(96);
                assert_eq!(
                    account.lamports,
                    rent_exempt_minimum(longer, DEFAULT_LAMPORTS_PER_BYTE),
                    "{len}"
                );
            }
        }
    }
}

async fn an_account_that_is_no_config_v1_is_rejected_at_every_length(backend: Backend) {
    let mut scene = Scene::with_v1_account(backend, 1).await;
    let authority = scene.authority.insecure_clone();
    for len in lengths() {
        let beginning = match len {
            0 => ConfigError::Uninitialized,
            _ => ConfigError::Truncated,
        };
        for (kind, error) in [
            (
                Kind::V2(Holds::Nothing),
                if len < 96 {
                    beginning
                } else {
                    ConfigError::AlreadyMigrated
                },
            ),
            (
                Kind::Unknown,
                if len < 8 {
                    beginning
                } else {
                    ConfigError::UnknownVersion
                },
            ),
            (
                Kind::Prefix,
                if len < 5 {
                    beginning
                } else {
                    ConfigError::UnknownVersion
                },
            ),
            (Kind::Zero, ConfigError::Uninitialized),
        ] {
            let config = plant(&mut scene, kind, len).await;
            let migrate = client_v2::migrate(&config, &authority.pubkey(), &authority.pubkey());
            expect_rejection(&mut scene.svm, migrate, &[&authority], error).await;
        }
    }
}
