//! Rent that fell or rose after the old config was made.

use {
    crate::{common::scene_at, scene::Source},
    anchor_lang::solana_program::system_instruction::transfer,
    app::error::ConfigError,
    integration::{
        rejection::{expect_failure, failure},
        scene::{FUNDS, Scene},
    },
    proxy::{adopted::adopted, client_migrator::migrate_account},
    std::slice,
    successor::state::SuccessorConfig,
    support::key::key,
    svm_harness::{Backend, Keypair, Signer, on_both_backends, rent_exempt_minimum},
};

on_both_backends!(
    both_ends_follow_the_rent_of_today,
    a_config_without_the_rent_of_8_bytes_is_sent_the_difference_first,
);

/// A config made at one rent and migrated at another, by which the old config has these lamports more
/// or less than its 8 bytes need.
struct RentCase {
    created_at: u64,
    migrated_at: u64,
    source: Source,
    lamports: u64,
}

/// A payer that is the recipient too, and the cluster with its new rent.
async fn scene(case: &RentCase, backend: Backend) -> (Scene, Keypair) {
    let mut scene = scene_at(case.source, backend, case.created_at).await;
    scene.svm.set_rent(case.migrated_at).await;
    let payer = key("payer");
    scene.svm.fund(payer.pubkey(), FUNDS).await;
    (scene, payer)
}

/// The old config, the new one and the payer have these lamports.
async fn expect_lamports(scene: &mut Scene, payer: &Keypair, expected: [u64; 3]) {
    let new = SuccessorConfig::find_address(&scene.config).0;
    for (address, lamports) in [scene.config, new, payer.pubkey()]
        .into_iter()
        .zip(expected)
    {
        assert_eq!(scene.lamports(address).await, lamports);
    }
    adopted(&mut scene.svm, &scene.config).await;
}

fn new_len(source: Source) -> usize {
    match source {
        Source::V1 => 141,
        Source::V2 => 141 + 3 * 32,
    }
}

async fn both_ends_follow_the_rent_of_today(backend: Backend) {
    for case in [
        RentCase {
            created_at: 6_960,
            migrated_at: 696,
            source: Source::V1,
            lamports: 176 * 6_960 - 136 * 696,
        },
        RentCase {
            created_at: 6_960,
            migrated_at: 5_080,
            source: Source::V2,
            lamports: 320 * 6_960 - 136 * 5_080,
        },
        RentCase {
            created_at: 5_080,
            migrated_at: 6_960,
            source: Source::V2,
            lamports: 320 * 5_080 - 136 * 6_960,
        },
    ] {
        let (mut scene, payer) = scene(&case, backend).await;
        let migrate = migrate_account(&scene.authority.pubkey(), &payer.pubkey());
        let signers = [&scene.authority, &payer];
        scene.svm.send(&[migrate], &signers).await.expect_ok();

        let new = rent_exempt_minimum(new_len(case.source), case.migrated_at);
        let expected = [
            rent_exempt_minimum(8, case.migrated_at),
            new,
            FUNDS + case.lamports - new,
        ];
        expect_lamports(&mut scene, &payer, expected).await;
    }
}

async fn a_config_without_the_rent_of_8_bytes_is_sent_the_difference_first(backend: Backend) {
    for case in [
        RentCase {
            created_at: 696,
            migrated_at: 6_960,
            source: Source::V1,
            lamports: 136 * 6_960 - 176 * 696,
        },
        RentCase {
            created_at: 696,
            migrated_at: 6_960,
            source: Source::V2,
            lamports: 136 * 6_960 - 320 * 696,
        },
        RentCase {
            created_at: 5_080,
            migrated_at: 6_960,
            source: Source::V1,
            lamports: 136 * 6_960 - 176 * 5_080,
        },
    ] {
        let (mut scene, payer) = scene(&case, backend).await;
        let authority = scene.authority.insecure_clone();
        let signers = [&authority, &payer];
        let migrate = migrate_account(&authority.pubkey(), &payer.pubkey());
        let sent = |lamports| {
            let transfer = transfer(&payer.pubkey(), &scene.config, lamports);
            [transfer, migrate.clone()]
        };
        let (too_little, enough) = (sent(case.lamports - 1), sent(case.lamports));
        for (index, rejected) in [(0, slice::from_ref(&migrate)), (1, &too_little)] {
            let error = failure(index, ConfigError::BelowRentExemption);
            expect_failure(&mut scene.svm, rejected, &signers, error).await;
        }

        scene.svm.send(&enough, &signers).await.expect_ok();
        let new = rent_exempt_minimum(new_len(case.source), case.migrated_at);
        let expected = [
            rent_exempt_minimum(8, case.migrated_at),
            new,
            FUNDS - case.lamports - new,
        ];
        expect_lamports(&mut scene, &payer, expected).await;
    }
}
