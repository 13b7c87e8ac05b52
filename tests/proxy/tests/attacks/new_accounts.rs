//! New addresses that are not the config's, or that someone was at before.

use {
    crate::{common::ACCOUNT_ALREADY_IN_USE, scene::Source},
    anchor_lang::{error::ErrorCode, solana_program::system_program},
    integration::{
        rejection::expect_rejection,
        scene::{FUNDS, account},
    },
    proxy::{adopted::adopted, client_migrator::migrate_account},
    successor::state::SuccessorConfig,
    support::{client_v1, key::key},
    svm_harness::{
        Backend, DEFAULT_LAMPORTS_PER_BYTE, Pubkey, Signer, on_both_backends, rent_exempt_minimum,
    },
};

on_both_backends!(
    a_new_address_that_is_not_derived_from_the_old_one_is_rejected,
    lamports_at_the_new_address_do_not_stop_the_migration,
    an_account_at_the_new_address_is_never_overwritten,
);

async fn a_new_address_that_is_not_derived_from_the_old_one_is_rejected(backend: Backend) {
    for source in Source::ALL {
        let mut scene = source.scene(backend).await;
        let authority = scene.authority.insecure_clone();
        let of_another = client_v1::config_address(&key("another").pubkey());
        for wrong in [
            key("anywhere").pubkey(),
            SuccessorConfig::find_address(&of_another).0,
            // What another program derives from the same seeds.
            Pubkey::find_program_address(&[b"config", scene.config.as_ref()], &app::ID).0,
        ] {
            let mut migrate = migrate_account(&authority.pubkey(), &authority.pubkey());
            migrate.accounts[1].pubkey = wrong;
            expect_rejection(
                &mut scene.svm,
                migrate,
                &[&authority],
                ErrorCode::ConstraintSeeds,
            )
            .await;
        }
    }
}

async fn lamports_at_the_new_address_do_not_stop_the_migration(backend: Backend) {
    let rent = rent_exempt_minimum(141, DEFAULT_LAMPORTS_PER_BYTE);
    for source in Source::ALL {
        for (squatted, paid) in [(1, rent - 1), (rent - 1, 1), (rent, 0), (rent + 1, 0)] {
            let mut scene = source.scene(backend).await;
            let payer = key("payer");
            scene.svm.fund(payer.pubkey(), FUNDS).await;
            let old = scene.lamports(scene.config).await;
            let retired = rent_exempt_minimum(8, DEFAULT_LAMPORTS_PER_BYTE);
            let new = SuccessorConfig::find_address(&scene.config).0;
            let squatter = account(system_program::ID, vec![], squatted);
            scene.svm.set_account(new, squatter).await;

            let migrate = migrate_account(&scene.authority.pubkey(), &payer.pubkey());
            let signers = [&scene.authority, &payer];
            scene.svm.send(&[migrate], &signers).await.expect_ok();

            adopted(&mut scene.svm, &scene.config).await;
            assert_eq!(scene.lamports(new).await, squatted + paid);
            assert_eq!(scene.lamports(scene.config).await, retired);
            let received = FUNDS - paid + (old - retired);
            assert_eq!(scene.lamports(payer.pubkey()).await, received);
        }
    }
}

/// Nobody can put these there; if anybody could, nothing would be lost.
async fn an_account_at_the_new_address_is_never_overwritten(backend: Backend) {
    for source in Source::ALL {
        let mut scene = source.scene(backend).await;
        let authority = scene.authority.insecure_clone();
        let new = SuccessorConfig::find_address(&scene.config).0;
        for (owner, data) in [
            (system_program::ID, vec![0]),
            (system_program::ID, vec![0; 141]),
            (successor::ID, vec![]),
            (successor::ID, vec![0; 141]),
            (app::ID, vec![0xff; 8]),
            (key("a program").pubkey(), vec![]),
        ] {
            scene
                .svm
                .set_account(new, account(owner, data, FUNDS))
                .await;
            expect_rejection(
                &mut scene.svm,
                migrate_account(&authority.pubkey(), &authority.pubkey()),
                &[&authority],
                ACCOUNT_ALREADY_IN_USE,
            )
            .await;
        }
    }
}
