//! Authorities that are addresses of programs.

use {
    integration::{
        rejection::expect_failure,
        relay::{relay_program, relayed},
        scene::{FUNDS, Scene},
    },
    proxy::{
        adopted::adopted, client_migrator::migrate_account, client_successor, releases::deploy,
    },
    relay::RELAY_AUTHORITY,
    support::{client_v1, client_v2},
    svm_harness::{
        Backend, Features, Instruction, InstructionError, TransactionError, block_on,
        on_both_backends,
    },
};

on_both_backends!(
    a_program_migrates_the_config_of_its_address,
    a_program_behind_a_program_migrates_too,
);

/// A cluster in which the relay's address has a config.
async fn relay_scene(backend: Backend) -> Scene {
    let mut scene = Scene::without_account(backend).await;
    deploy(&mut scene.svm).await;
    scene.svm.deploy(&relay_program()).await;
    scene.svm.fund(RELAY_AUTHORITY, FUNDS).await;
    let initialize = relayed(client_v1::initialize(&RELAY_AUTHORITY, 7));
    scene.svm.send(&[initialize], &[]).await.expect_ok();
    scene.config = client_v2::config_address(&RELAY_AUTHORITY);
    scene
}

fn migrate() -> Instruction {
    migrate_account(&RELAY_AUTHORITY, &RELAY_AUTHORITY)
}

async fn a_program_migrates_the_config_of_its_address(backend: Backend) {
    let mut scene = relay_scene(backend).await;
    scene.svm.send(&[relayed(migrate())], &[]).await.expect_ok();
    let config = adopted(&mut scene.svm, &scene.config).await;
    assert_eq!((config.authority, config.value), (RELAY_AUTHORITY, 7));

    let update = client_successor::update(&scene.config, &RELAY_AUTHORITY, 8);
    scene.svm.send(&[relayed(update)], &[]).await.expect_ok();
    assert_eq!(adopted(&mut scene.svm, &scene.config).await.value, 8);
}

/// The relay twice, the migrator, the successor and the system program: five calls deep.
async fn a_program_behind_a_program_migrates_too(backend: Backend) {
    let mut scene = relay_scene(backend).await;
    let twice = relayed(relayed(migrate()));
    scene.svm.send(&[twice], &[]).await.expect_ok();
    let config = adopted(&mut scene.svm, &scene.config).await;
    assert_eq!((config.authority, config.value), (RELAY_AUTHORITY, 7));
}

/// On the real programs only: native code panics where the runtime rejects a call.
#[test]
fn one_program_more_is_too_deep() {
    block_on(async {
        // The migrator, the successor and the system program follow.
        let fitting = match Features::chosen() {
            Features::Mainnet => 2,
            Features::Pending => 6,
        };
        let behind = |relays| (0..relays).fold(migrate(), |inner, _| relayed(inner));
        let mut scene = relay_scene(Backend::Loader).await;
        expect_failure(
            &mut scene.svm,
            &[behind(fitting + 1)],
            &[],
            TransactionError::InstructionError(0, InstructionError::CallDepth),
        )
        .await;
        let outcome = scene.svm.send(&[behind(fitting)], &[]).await;
        outcome.expect_ok();
    });
}
