//! A migration by proxy around a [`Scene`].

use {
    crate::scene::{Scene, exact_bytes},
    account_migration::RETIRED,
    anchor_lang::AccountDeserialize,
    successor::state::SuccessorConfig,
    svm_harness::{Account, Backend, Program, Pubkey, Svm, native_program},
    testkit::release::{in_workspace, migrator, successor},
};

/// The layout that the config has before the migration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    V1,
    V2,
}

impl Source {
    pub const ALL: [Source; 2] = [Source::V1, Source::V2];

    /// A config of this layout that holds 7, with the programs of the proxy path deployed.
    pub async fn scene(self, backend: Backend) -> Scene {
        let mut scene = match self {
            Source::V1 => Scene::with_v1_account(backend, 7).await,
            Source::V2 => Scene::with_v2_account(backend, 7).await,
        };
        deploy(&mut scene.svm).await;
        scene
    }
}

/// Deploys the migration program and the successor.
pub async fn deploy(svm: &mut Svm) {
    svm.deploy(&migrator()).await;
    svm.deploy(&successor()).await;
}

/// The test program that calls any other.
pub fn relay_program() -> Program {
    Program {
        id: relay::ID,
        name: "relay",
        native: native_program!(relay::entry),
        elf: in_workspace("tests/fixtures/relay.so"),
    }
}

/// The account of the successor of the config that had this address.
pub async fn successor_account(svm: &mut Svm, predecessor: &Pubkey) -> Option<Account> {
    svm.account(SuccessorConfig::find_address(predecessor).0)
        .await
}

/// The successor of the config that had this address, read from bytes that hold nothing else, after
/// looking at what is left of the config.
pub async fn adopted(svm: &mut Svm, predecessor: &Pubkey) -> SuccessorConfig {
    let retired = svm.account(*predecessor).await.expect("8 bytes stay");
    assert_eq!((retired.owner, &retired.data[..]), (app::ID, &RETIRED[..]));

    let account = successor_account(svm, predecessor)
        .await
        .expect("it was adopted");
    assert_eq!(account.owner, successor::ID);
    let config =
        SuccessorConfig::try_deserialize(&mut &account.data[..]).expect("it is a SuccessorConfig");
    assert_eq!(
        exact_bytes(&config),
        account.data,
        "the account holds stray bytes"
    );
    config
}
