//! What a migration by proxy leaves.

use {
    account_migration::RETIRED,
    anchor_lang::AccountDeserialize,
    successor::state::SuccessorConfig,
    support::bytes::exact_bytes,
    svm_harness::{Account, Pubkey, Svm},
};

/// The account of the successor of the config that had this address.
pub async fn successor_account(svm: &mut Svm, predecessor: &Pubkey) -> Option<Account> {
    svm.account(SuccessorConfig::find_address(predecessor).0)
        .await
}

/// The successor of the config that had this address, read from bytes that hold nothing else, after
/// looking at what is left of the config.
///
/// # Panics
/// When the config is not retired, or its successor is not there or holds stray bytes.
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
