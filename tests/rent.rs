//! `migrate` pays exactly the rent that a config lacks, whatever the cluster's rent is and was.

use {
    integration::scene::Scene,
    svm_harness::{Backend, Signer, on_both_backends},
    testkit::{client_v2, key::key, release::release_2},
};

const V1_LEN: u64 = 128 + 48;
const V2_LEN: u64 = 128 + 96;

/// A config made at one rent is migrated at another, with a payer of its own.
struct Case {
    created_at: u64,
    migrated_at: u64,
    /// Lamports that someone sent to the config before.
    donated: u64,
    top_up: u64,
}

fn cases() -> Vec<Case> {
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
            cases.push(Case {
                created_at: rate,
                migrated_at: rate,
                donated,
                top_up,
            });
        }
    }
    let rises = Case {
        created_at: 696,
        migrated_at: 6_960,
        donated: 0,
        top_up: V2_LEN * 6_960 - V1_LEN * 696,
    };
    let falls = Case {
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
        scene.svm.upgrade(&release_2()).await;
        if case.migrated_at != case.created_at {
            scene.svm.set_rent(case.migrated_at).await;
        }
        let payer = key("payer");
        scene.svm.fund(payer.pubkey(), 1_000_000_000).await;
        if case.donated > 0 {
            scene.svm.fund(scene.config, case.donated).await;
        }
        let config = V1_LEN * case.created_at + case.donated;
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
