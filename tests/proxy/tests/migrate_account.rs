//! What one `migrate_account` does to the bytes of both accounts.

use {
    crate::{
        common::{fee_mint, migrate, operators, scene_at},
        scene::Source,
    },
    anchor_lang::{prelude::Clock, solana_program::sysvar::SysvarId},
    integration::{rejection::expect_rejection, scene::Scene},
    migrator::error::MigratorError,
    proxy::{
        adopted::{adopted, successor_account},
        client_migrator,
    },
    support::{client_v1, client_v2, key::key},
    svm_harness::{Backend, DEFAULT_LAMPORTS_PER_BYTE, Pubkey, Signer, Svm, on_both_backends},
};

on_both_backends!(
    a_v1_config_arrives_byte_by_byte,
    a_v2_config_arrives_byte_by_byte,
    sixteen_operators_arrive,
    the_authority_migrates_what_it_reviewed_or_nothing,
    a_config_closed_and_made_again_is_migrated_with_its_new_value,
);

/// The discriminator of a `SuccessorConfig`.
const DISCRIMINATOR: [u8; 8] = [215, 225, 189, 254, 129, 155, 253, 148];

/// What the cluster's clock says.
async fn slot(svm: &mut Svm) -> u64 {
    let clock = svm
        .account(Clock::id())
        .await
        .expect("a cluster has a clock");
    let slot = clock.data[..8].try_into().expect("the slot has 8 bytes");
    u64::from_le_bytes(slot)
}

/// The old config is the 8 bytes of a retired account; returns the new one's data.
async fn migrated_bytes(scene: &mut Scene) -> Vec<u8> {
    migrate(scene).await;

    let old = scene.svm.account(scene.config).await.expect("8 bytes stay");
    assert_eq!(old.data, [255; 8]);
    assert_eq!((old.owner, old.executable), (app::ID, false));

    let new = successor_account(&mut scene.svm, &scene.config).await;
    let new = new.expect("the new config exists");
    assert_eq!((new.owner, new.executable), (successor::ID, false));
    new.data
}

async fn a_v1_config_arrives_byte_by_byte(backend: Backend) {
    let mut scene = scene_at(Source::V1, backend, DEFAULT_LAMPORTS_PER_BYTE).await;
    let slot = slot(&mut scene.svm).await;
    let data = migrated_bytes(&mut scene).await;

    assert_eq!(data.len(), 141);
    assert_eq!(data[..8], DISCRIMINATOR);
    assert_eq!(data[8..40], scene.config.to_bytes());
    assert_eq!(data[40], 1);
    assert_eq!(data[41..49], slot.to_le_bytes());
    assert_eq!(data[49..81], scene.authority.pubkey().to_bytes());
    assert_eq!(data[81..89], [7, 0, 0, 0, 0, 0, 0, 0]);
    // The revision, the fee mint, the fee and the operators.
    assert_eq!(data[89..], [0; 52]);
}

async fn a_v2_config_arrives_byte_by_byte(backend: Backend) {
    let mut scene = scene_at(Source::V2, backend, DEFAULT_LAMPORTS_PER_BYTE).await;
    let slot = slot(&mut scene.svm).await;
    let data = migrated_bytes(&mut scene).await;

    assert_eq!(data.len(), 141 + 3 * 32);
    assert_eq!(data[..8], DISCRIMINATOR);
    assert_eq!(data[8..40], scene.config.to_bytes());
    assert_eq!(data[40], 2);
    assert_eq!(data[41..49], slot.to_le_bytes());
    assert_eq!(data[49..81], scene.authority.pubkey().to_bytes());
    assert_eq!(data[81..89], [9, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(data[89..97], [3, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(data[97..129], fee_mint().to_bytes());
    assert_eq!(data[129..137], [5, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(data[137..141], [3, 0, 0, 0]);
    assert_eq!(data[141..173], operators()[0].to_bytes());
    assert_eq!(data[173..205], operators()[1].to_bytes());
    assert_eq!(data[205..237], operators()[2].to_bytes());
}

async fn sixteen_operators_arrive(backend: Backend) {
    let mut scene = Source::V2.scene(backend).await;
    let operators: Vec<_> = (1..=16).map(|i| Pubkey::new_from_array([i; 32])).collect();
    let set = client_v2::set_operators(&scene.authority.pubkey(), operators.clone());
    let outcome = scene.svm.send(&[set], &[&scene.authority]).await;
    outcome.expect_ok();

    migrate(&mut scene).await;
    let config = adopted(&mut scene.svm, &scene.config).await;
    assert_eq!(config.operators, operators);
}

async fn the_authority_migrates_what_it_reviewed_or_nothing(backend: Backend) {
    for source in Source::ALL {
        let mut scene = scene_at(source, backend, DEFAULT_LAMPORTS_PER_BYTE).await;
        let authority = scene.authority.insecure_clone();
        let address = authority.pubkey();
        let expecting = |data: &[u8]| {
            let hash = Some(client_migrator::data_hash(data));
            client_migrator::migrate_account_to(&address, &address, &address, hash)
        };
        let reviewed = expecting(&scene.data().await);

        // The hash is of the whole account, its discriminator included.
        let without_discriminator = expecting(&scene.data().await[8..]);
        let changed = client_v1::update(&address, 10);
        scene.svm.send(&[changed], &[&authority]).await.expect_ok();
        for unexpected in [reviewed, without_discriminator, expecting(&[])] {
            expect_rejection(
                &mut scene.svm,
                unexpected,
                &[&authority],
                MigratorError::UnexpectedData,
            )
            .await;
        }

        let reviewed_again = expecting(&scene.data().await);
        let outcome = scene.svm.send(&[reviewed_again], &[&authority]).await;
        outcome.expect_ok();
        assert_eq!(adopted(&mut scene.svm, &scene.config).await.value, 10);
    }
}

async fn a_config_closed_and_made_again_is_migrated_with_its_new_value(backend: Backend) {
    for source in Source::ALL {
        for in_one_transaction in [false, true] {
            let mut scene = source.scene(backend).await;
            let authority = scene.authority.pubkey();
            let payer = key("payer");
            scene.svm.fund(payer.pubkey(), 1_000_000_000).await;
            let instructions = [
                client_v1::close(&authority),
                client_v1::initialize(&authority, 11),
                client_migrator::migrate_account(&authority, &payer.pubkey()),
            ];
            if in_one_transaction {
                let signers = [&scene.authority, &payer];
                scene.svm.send(&instructions, &signers).await.expect_ok();
            } else {
                let [close, initialize, migrate] = instructions;
                for (instruction, signers) in [
                    (close, &[&scene.authority][..]),
                    (initialize, &[&scene.authority]),
                    (migrate, &[&scene.authority, &payer]),
                ] {
                    scene.svm.send(&[instruction], signers).await.expect_ok();
                }
            }
            let config = adopted(&mut scene.svm, &scene.config).await;
            assert_eq!((config.origin.version, config.value), (1, 11));
        }
    }
}
