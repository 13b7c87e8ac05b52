//! A migration program that was upgraded to what an attacker wrote: what it is trusted with, and what it
//! cannot do. Of `retire`: `tests/attacks/retire.rs`.

use {
    crate::scene::Source,
    account_migration::RETIRED,
    anchor_lang::{error::ErrorCode, solana_program::system_instruction::transfer},
    integration::{
        migration_authority::plant,
        rejection::expect_rejection,
        relay::{hostile_migrator, signed_as_migrator},
        scene::{FUNDS, Scene},
    },
    proxy::{adopted::adopted, client_successor},
    successor::{instructions::AdoptArgs, state::Fee},
    support::{client_v2, key::key},
    svm_harness::{Backend, Keypair, Signer, on_both_backends},
};

on_both_backends!(
    it_adopts_what_the_old_config_did_not_hold,
    it_adopts_by_the_signatures_of_authority_and_payer_alone,
    it_spends_what_its_payers_hold,
);

/// Where `adopt` names who signs besides the migration program.
const AUTHORITY: usize = 2;
const PAYER: usize = 4;

/// A config, and a stranger with lamports.
async fn scene(source: Source, backend: Backend) -> (Scene, Keypair) {
    let mut scene = source.scene(backend).await;
    scene.svm.upgrade(&hostile_migrator()).await;
    let stranger = key("stranger");
    scene.svm.fund(stranger.pubkey(), FUNDS).await;
    (scene, stranger)
}

fn args() -> AdoptArgs {
    AdoptArgs {
        version: 1,
        value: 666,
        revision: 0,
        fee: Fee::default(),
        operators: Vec::new(),
    }
}

/// The authority signs what should be its migration, and the stranger gets the config.
async fn it_adopts_what_the_old_config_did_not_hold(backend: Backend) {
    for source in Source::ALL {
        let (mut scene, stranger) = scene(source, backend).await;
        let (authority, thief) = (scene.authority.insecure_clone(), stranger.pubkey());
        let retire = client_v2::retire(&scene.config, &authority.pubkey(), &thief);
        let adopt = client_successor::adopt(&scene.config, &thief, &thief, args());
        let instructions = [retire, adopt].map(signed_as_migrator);
        let signers = [&authority, &stranger];
        scene.svm.send(&instructions, &signers).await.expect_ok();
        let config = adopted(&mut scene.svm, &scene.config).await;
        assert_eq!((config.authority, config.value), (thief, 666));
    }
}

async fn it_adopts_by_the_signatures_of_authority_and_payer_alone(backend: Backend) {
    let (mut scene, payer) = scene(Source::V1, backend).await;
    let authority = scene.authority.insecure_clone();
    let retired = plant(&mut scene, app::ID, &RETIRED).await;
    let adopt = client_successor::adopt(&retired, &authority.pubkey(), &payer.pubkey(), args());
    for (unsigned, signer) in [(AUTHORITY, &payer), (PAYER, &authority)] {
        let mut adopt = adopt.clone();
        adopt.accounts[unsigned].is_signer = false;
        let adopt = signed_as_migrator(adopt);
        let code = ErrorCode::AccountNotSigner;
        expect_rejection(&mut scene.svm, adopt, &[signer], code).await;
    }

    // Otherwise the rejections would show nothing.
    let adopt = signed_as_migrator(adopt);
    let outcome = scene.svm.send(&[adopt], &[&authority, &payer]).await;
    outcome.expect_ok();
    let config = adopted(&mut scene.svm, &retired).await;
    assert_eq!(config.authority, authority.pubkey());
}

async fn it_spends_what_its_payers_hold(backend: Backend) {
    let (mut scene, payer) = scene(Source::V1, backend).await;
    let thief = key("thief").pubkey();
    let transfer = transfer(&payer.pubkey(), &thief, FUNDS);
    let transfer = signed_as_migrator(transfer);
    scene.svm.send(&[transfer], &[&payer]).await.expect_ok();
    assert_eq!(scene.lamports(payer.pubkey()).await, 0);
    assert_eq!(scene.lamports(thief).await, FUNDS);
}
