//! Attempts on `initialize` and `initialize_v2`: a config of somebody else, or somewhere else.

use {
    anchor_lang::{error::ErrorCode, solana_program::system_program},
    app::{
        instructions::InitializeV2Args,
        state::{AnyConfig, ConfigV1, ConfigV2},
    },
    integration::{
        rejection::expect_rejection,
        scene::{FUNDS, Scene, account},
    },
    support::{bytes::exact_bytes, client_v1, client_v2, key::key},
    svm_harness::{
        Backend, DEFAULT_LAMPORTS_PER_BYTE, Instruction, Pubkey, Signer, on_both_backends,
        rent_exempt_minimum,
    },
};

on_both_backends!(
    nobody_creates_a_config_for_another,
    a_config_is_created_at_its_authoritys_address_alone,
    a_new_config_costs_its_authority_the_missing_rent,
);

/// What creates a config of this authority, and the config.
fn creations(authority: Pubkey) -> [(Instruction, AnyConfig); 3] {
    let v1 = ConfigV1 {
        authority,
        value: 7,
    };
    let v2 = |operators: u8| {
        let args = InitializeV2Args {
            value: 7,
            fee: 5,
            fee_mint: key("mint").pubkey(),
            operators: (1..=operators)
                .map(|i| Pubkey::new_from_array([i; 32]))
                .collect(),
        };
        let config = ConfigV2 {
            authority,
            value: args.value,
            revision: 0,
            fee: args.fee,
            fee_mint: args.fee_mint,
            operators: args.operators.clone(),
        };
        let initialize = client_v2::initialize_v2(&authority, args);
        (initialize, AnyConfig::V2(config))
    };
    [
        (client_v1::initialize(&authority, 7), AnyConfig::V1(v1)),
        v2(0),
        v2(16),
    ]
}

async fn nobody_creates_a_config_for_another(backend: Backend) {
    let mut scene = Scene::without_account(backend).await;
    let stranger = key("stranger");
    scene.svm.fund(stranger.pubkey(), FUNDS).await;
    for (initialize, _) in creations(scene.authority.pubkey()) {
        let mut unsigned = initialize.clone();
        unsigned.accounts[1].is_signer = false;
        let code = ErrorCode::AccountNotSigner;
        expect_rejection(&mut scene.svm, unsigned, &[], code).await;

        let mut signed_by_another = initialize;
        signed_by_another.accounts[1].pubkey = stranger.pubkey();
        let code = ErrorCode::ConstraintSeeds;
        expect_rejection(&mut scene.svm, signed_by_another, &[&stranger], code).await;
    }
}

/// Not even where a key signs for the address.
async fn a_config_is_created_at_its_authoritys_address_alone(backend: Backend) {
    let mut scene = Scene::without_account(backend).await;
    let authority = scene.authority.insecure_clone();
    let elsewhere = key("elsewhere");
    for (initialize, _) in creations(authority.pubkey()) {
        let mut at_a_key = initialize;
        at_a_key.accounts[0].pubkey = elsewhere.pubkey();
        at_a_key.accounts[0].is_signer = true;
        let code = ErrorCode::ConstraintSeeds;
        let signers = [&authority, &elsewhere];
        expect_rejection(&mut scene.svm, at_a_key, &signers, code).await;
    }
}

/// Somebody may have sent lamports to the address before.
async fn a_new_config_costs_its_authority_the_missing_rent(backend: Backend) {
    for index in 0..3 {
        for sent in [0, 1, FUNDS] {
            let mut scene = Scene::without_account(backend).await;
            let squatter = account(system_program::ID, vec![], sent);
            scene.svm.set_account(scene.config, squatter).await;
            let authority = scene.authority.insecure_clone();
            let (initialize, config) = creations(authority.pubkey())[index].clone();
            let outcome = scene.svm.send(&[initialize], &[&authority]).await;
            outcome.expect_ok();

            let data = exact_bytes(&config);
            let rent = rent_exempt_minimum(data.len(), DEFAULT_LAMPORTS_PER_BYTE);
            let missing = rent.saturating_sub(sent);
            assert_eq!(scene.data().await, data);
            assert_eq!(scene.lamports(scene.config).await, sent + missing);
            let left = scene.lamports(authority.pubkey()).await;
            assert_eq!(left, FUNDS - missing);
        }
    }
}
