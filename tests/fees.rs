//! `update_v2` charges its fee in a real token, through its trailing optional accounts.

use {
    anchor_lang::{error::ErrorCode, solana_program::system_program},
    anchor_spl::{token, token_2022},
    app::error::ConfigError,
    integration::{rejection::expect_rejection, scene::Scene},
    support::{
        client_v2::{self, FeeAccounts},
        key::key,
        tokens::Token,
    },
    svm_harness::{Backend, Keypair, Pubkey, Signer, on_both_backends},
};

const FEE: u64 = 250_000;
/// What the token programs answer when the source holds too little, and for a wrong owner.
const TOKEN_INSUFFICIENT_FUNDS: u32 = 1;
const TOKEN_OWNER_MISMATCH: u32 = 4;

on_both_backends!(
    without_a_fee_the_optional_accounts_may_be_left_out_or_be_placeholders,
    a_fee_is_charged_in_spl_token,
    a_fee_is_charged_in_token_2022,
    a_fee_goes_to_the_authority_and_nowhere_else,
    a_missing_account_of_the_fee_is_named,
    an_operator_is_not_charged_a_fee_it_has_not_seen,
);

async fn without_a_fee_the_optional_accounts_may_be_left_out_or_be_placeholders(backend: Backend) {
    let mut scene = Scene::with_v2_account(backend, 1).await;
    let authority = scene.authority.insecure_clone();
    let (config, signer) = (scene.config, authority.pubkey());
    let left_out = client_v2::update_v2(&config, &signer, 2, Some(0));
    let placeholders = client_v2::update_v2_with_placeholders(&config, &signer, 3, Some(1));
    assert_eq!(
        (left_out.accounts.len(), placeholders.accounts.len()),
        (2, 6)
    );
    for (instruction, value) in [(left_out, 2), (placeholders, 3)] {
        scene
            .svm
            .send(&[instruction], &[&authority])
            .await
            .expect_ok();
        assert_eq!(scene.read_v2().await.value, value);
    }
}

async fn a_fee_is_charged_in_spl_token(backend: Backend) {
    charge(backend, token::ID).await;
}

async fn a_fee_is_charged_in_token_2022(backend: Backend) {
    charge(backend, token_2022::ID).await;
}

async fn charge(backend: Backend, token_program: Pubkey) {
    let mut fee = FeeScene::start(backend, token_program, 2 * FEE + 1).await;
    for value in [2, 3] {
        let update = fee.update(value, fee.token.accounts);
        fee.scene
            .svm
            .send(&[update], &[&fee.operator])
            .await
            .expect_ok();
        assert_eq!(fee.scene.read_v2().await.value, value);
    }
    assert_eq!(fee.token.source_amount(&mut fee.scene.svm).await, 1);
    assert_eq!(fee.token.vault_amount(&mut fee.scene.svm).await, 2 * FEE);

    let unpaid = fee.update(4, fee.token.accounts);
    expect_rejection(
        &mut fee.scene.svm,
        unpaid,
        &[&fee.operator],
        TOKEN_INSUFFICIENT_FUNDS,
    )
    .await;
}

async fn a_fee_goes_to_the_authority_and_nowhere_else(backend: Backend) {
    let mut fee = FeeScene::start(backend, token::ID, FEE).await;
    let real = fee.token.accounts;
    let other = Token::create(
        &mut fee.scene.svm,
        token_2022::ID,
        fee.operator.pubkey(),
        fee.scene.authority.pubkey(),
        FEE,
    )
    .await
    .accounts;
    for (accounts, code) in [
        // The operator pays itself.
        (
            FeeAccounts {
                vault: real.source,
                ..real
            },
            u32::from(ErrorCode::ConstraintDuplicateMutableAccount),
        ),
        // Another token, worth less.
        (other, ConfigError::WrongFeeMint.into()),
        (
            FeeAccounts {
                mint: other.mint,
                ..real
            },
            ConfigError::WrongFeeMint.into(),
        ),
        (
            FeeAccounts {
                vault: other.vault,
                ..real
            },
            ConfigError::WrongFeeVault.into(),
        ),
        // Somebody else pays.
        (
            FeeAccounts {
                source: real.vault,
                vault: real.source,
                ..real
            },
            ConfigError::WrongFeeVault.into(),
        ),
        // Not a token program.
        (
            FeeAccounts {
                token_program: system_program::ID,
                ..real
            },
            ErrorCode::InvalidProgramId.into(),
        ),
    ] {
        let update = fee.update(2, accounts);
        expect_rejection(&mut fee.scene.svm, update, &[&fee.operator], code).await;
    }

    // A token account of a third party that holds enough does not pay for the operator.
    let mut third = fee.update(2, real);
    third.accounts[1].pubkey = fee.scene.authority.pubkey();
    expect_rejection(
        &mut fee.scene.svm,
        third,
        &[&fee.scene.authority.insecure_clone()],
        TOKEN_OWNER_MISMATCH,
    )
    .await;
    assert_eq!(fee.token.source_amount(&mut fee.scene.svm).await, FEE);
}

async fn a_missing_account_of_the_fee_is_named(backend: Backend) {
    let mut fee = FeeScene::start(backend, token::ID, FEE).await;
    let all = fee.update(2, fee.token.accounts);
    for len in 2..6 {
        let mut short = all.clone();
        short.accounts.truncate(len);
        expect_rejection(
            &mut fee.scene.svm,
            short,
            &[&fee.operator],
            ConfigError::FeeAccountsMissing,
        )
        .await;
    }
    for placeholder in 2..6 {
        let mut missing = all.clone();
        missing.accounts[placeholder].pubkey = app::ID;
        missing.accounts[placeholder].is_writable = false;
        expect_rejection(
            &mut fee.scene.svm,
            missing,
            &[&fee.operator],
            ConfigError::FeeAccountsMissing,
        )
        .await;
    }
}

async fn an_operator_is_not_charged_a_fee_it_has_not_seen(backend: Backend) {
    let mut fee = FeeScene::start(backend, token::ID, 10 * FEE).await;
    let seen = fee.scene.read_v2().await.revision;
    let authority = fee.scene.authority.insecure_clone();
    let mint = fee.token.accounts.mint;
    let raise = client_v2::set_fee(&authority.pubkey(), 10 * FEE, mint);
    fee.scene
        .svm
        .send(&[raise], &[&authority])
        .await
        .expect_ok();

    let (config, operator) = (&fee.scene.config, fee.operator.pubkey());
    let accounts = fee.token.accounts;
    let update = client_v2::update_v2_paying(config, &operator, 2, Some(seen), accounts);
    expect_rejection(
        &mut fee.scene.svm,
        update,
        &[&fee.operator],
        ConfigError::RevisionMismatch,
    )
    .await;
}

/// A config that charges a fee, and an operator who holds some of the token.
struct FeeScene {
    scene: Scene,
    operator: Keypair,
    token: Token,
}

impl FeeScene {
    async fn start(backend: Backend, token_program: Pubkey, supply: u64) -> Self {
        let mut scene = Scene::with_v2_account(backend, 1).await;
        let operator = key("operator");
        let authority = scene.authority.pubkey();
        let token = Token::create(
            &mut scene.svm,
            token_program,
            operator.pubkey(),
            authority,
            supply,
        )
        .await;
        scene
            .svm
            .send(
                &[
                    client_v2::set_operators(&authority, vec![operator.pubkey()]),
                    client_v2::set_fee(&authority, FEE, token.accounts.mint),
                ],
                &[&scene.authority],
            )
            .await
            .expect_ok();
        Self {
            scene,
            operator,
            token,
        }
    }

    fn update(&self, value: u64, accounts: FeeAccounts) -> svm_harness::Instruction {
        let (config, operator) = (&self.scene.config, self.operator.pubkey());
        client_v2::update_v2_paying(config, &operator, value, None, accounts)
    }
}
