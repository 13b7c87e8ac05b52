//! `set_operators` reallocs the account; lamports are conserved.

use {
    anchor_lang::solana_program::system_program,
    app::error::ConfigError,
    integration::{
        rejection::expect_rejection,
        scene::{Scene, account},
    },
    support::client_v2,
    svm_harness::{
        Backend, DEFAULT_LAMPORTS_PER_BYTE, Pubkey, Signer, on_both_backends, rent_exempt_minimum,
    },
};

on_both_backends!(
    the_account_grows_and_shrinks_with_its_operators,
    an_account_below_its_rent_is_not_shrunk_until_it_has_the_lamports,
    as_many_other_operators_cost_nothing,
);

async fn the_account_grows_and_shrinks_with_its_operators(backend: Backend) {
    let mut scene = Scene::with_v2_account(backend, 1).await;
    let authority = scene.authority.insecure_clone();
    let minimum =
        |operators: usize| rent_exempt_minimum(96 + 32 * operators, DEFAULT_LAMPORTS_PER_BYTE);
    let total = scene.lamports(scene.config).await + scene.lamports(authority.pubkey()).await;

    for count in [1, 16, 3, 3, 0, 2] {
        let operators: Vec<Pubkey> = (0..count)
            .map(|i| Pubkey::new_from_array([i as u8 + 1; 32]))
            .collect();
        let instruction = client_v2::set_operators(&authority.pubkey(), operators.clone());
        scene
            .svm
            .send(&[instruction], &[&authority])
            .await
            .expect_ok();

        let config = scene.read_v2().await;
        assert_eq!(config.operators, operators);
        assert_eq!((config.value, config.revision), (1, 0));
        assert_eq!(scene.data().await.len(), 96 + 32 * count);
        assert_eq!(scene.lamports(scene.config).await, minimum(count));
        assert_eq!(
            scene.lamports(authority.pubkey()).await,
            total - minimum(count)
        );
    }
}

/// The rent rose after the account was made.
async fn an_account_below_its_rent_is_not_shrunk_until_it_has_the_lamports(backend: Backend) {
    let mut scene = Scene::with_v2_account(backend, 1).await;
    let authority = scene.authority.insecure_clone();
    let with = |count: u8| {
        let operators = (1..=count).map(|i| Pubkey::new_from_array([i; 32]));
        client_v2::set_operators(&authority.pubkey(), operators.collect())
    };
    scene.svm.send(&[with(2)], &[&authority]).await.expect_ok();
    let paid = rent_exempt_minimum(160, DEFAULT_LAMPORTS_PER_BYTE);
    let needed = rent_exempt_minimum(128, 2 * DEFAULT_LAMPORTS_PER_BYTE);
    scene.svm.set_rent(2 * DEFAULT_LAMPORTS_PER_BYTE).await;

    let below = ConfigError::BelowRentExemption;
    expect_rejection(&mut scene.svm, with(1), &[&authority], below).await;
    scene
        .svm
        .fund(scene.config, 160 * DEFAULT_LAMPORTS_PER_BYTE * 2)
        .await;
    scene.svm.send(&[with(1)], &[&authority]).await.expect_ok();
    assert!(
        paid < needed,
        "the rent did not rise enough to show anything"
    );
    assert_eq!(scene.lamports(scene.config).await, needed);
}

/// Neither the account nor its authority has what the rent is by now, and neither needs it.
async fn as_many_other_operators_cost_nothing(backend: Backend) {
    let mut scene = Scene::with_v2_account(backend, 1).await;
    let authority = scene.authority.insecure_clone();
    let with = |operators: [u8; 2]| {
        let operators = operators.map(|i| Pubkey::new_from_array([i; 32]));
        client_v2::set_operators(&authority.pubkey(), operators.into())
    };
    let outcome = scene.svm.send(&[with([1, 2])], &[&authority]).await;
    outcome.expect_ok();
    scene.svm.set_rent(2 * DEFAULT_LAMPORTS_PER_BYTE).await;
    let poor = account(system_program::ID, vec![], 1);
    scene.svm.set_account(authority.pubkey(), poor).await;

    let outcome = scene.svm.send(&[with([3, 4])], &[&authority]).await;
    outcome.expect_ok();

    let operators = [3, 4].map(|i| Pubkey::new_from_array([i; 32]));
    assert_eq!(scene.read_v2().await.operators, operators);
    let paid = rent_exempt_minimum(160, DEFAULT_LAMPORTS_PER_BYTE);
    assert_eq!(scene.lamports(scene.config).await, paid);
    assert_eq!(scene.lamports(authority.pubkey()).await, 1);
}
