//! `migrate` pays exactly the rent that a config lacks, whatever the cluster's rent is and was.

use {
    integration::scene::Scene,
    support::{client_v2, key::key, releases::newest},
    svm_harness::{Backend, Signer, on_both_backends, rent_exempt_minimum},
};

fn v1_rent(lamports_per_byte: u64) -> u64 {
    rent_exempt_minimum(48, lamports_per_byte)
}

fn v2_rent(lamports_per_byte: u64) -> u64 {
    rent_exempt_minimum(96, lamports_per_byte)
}

/// A config made at one rent is migrated at another, with a payer of its own.
struct RentCase {
    created_at: u64,
    migrated_at: u64,
    /// Lamports that someone sent to the config before.
    donated: u64,
    top_up: u64,
}

fn cases() -> Vec<RentCase> {
    let mut cases = Vec::new();
    for rate in [6_960, 5_080, 2_575, 696] {
        let missing = 48 * rate;
        for (donated, top_up) in [
            (0, missing),
            (1, missing - 1),
            (missing - 1, 1),
            (missing, 0),
            (missing + 1, 0),
        ] {
            cases.push(RentCase {
                created_at: rate,
                migrated_at: rate,
                donated,
                top_up,
            });
        }
    }
    let rises = RentCase {
        created_at: 696,
        migrated_at: 6_960,
        donated: 0,
        top_up: v2_rent(6_960) - v1_rent(696),
    };
    let falls = RentCase {
        created_at: 6_960,
        migrated_at: 5_080,
        donated: 0,
        top_up: 0,
    };
    cases.extend([rises, falls]);
    cases
}

on_both_backends!(migrate_pays_exactly_the_missing_rent);

async fn migrate_pays_exactly_the_missing_rent(backend: Backend) {
    for case in cases() {
        let mut scene = Scene::on_release_1(backend, case.created_at, 5).await;
        scene.svm.upgrade(&newest()).await;
        if case.migrated_at != case.created_at {
            scene.svm.set_rent(case.migrated_at).await;
        }
        let payer = key("payer");
        scene.svm.fund(payer.pubkey(), 1_000_000_000).await;
        if case.donated > 0 {
            scene.svm.fund(scene.config, case.donated).await;
        }
        let config = v1_rent(case.created_at) + case.donated;
        assert_eq!(scene.lamports(scene.config).await, config);
        let authority_lamports = scene.lamports(scene.authority.pubkey()).await;

        let instruction =
            client_v2::migrate(&scene.config, &scene.authority.pubkey(), &payer.pubkey());
        scene
            .svm
            .send(&[instruction], &[&scene.authority, &payer])
            .await
            .expect_ok();

        assert_eq!(scene.lamports(scene.config).await, config + case.top_up);
        assert_eq!(
            scene.lamports(payer.pubkey()).await,
            1_000_000_000 - case.top_up
        );
        assert_eq!(
            scene.lamports(scene.authority.pubkey()).await,
            authority_lamports
        );
        assert_eq!(scene.read_v2().await.value, 5);
    }
}
