//! `update_v2` charges its fee in a real token, through its trailing optional accounts.

use {
    anchor_lang::{error::ErrorCode, solana_program::system_program},
    anchor_spl::{token, token_2022},
    app::{error::ConfigError, instructions::InitializeV2Args},
    integration::{rejection::expect_rejection, scene::Scene},
    support::{
        client_v1,
        client_v2::{self, FeeAccounts},
        key::key,
        tokens::Token,
    },
    svm_harness::{Backend, Instruction, Keypair, Pubkey, Signer, on_both_backends},
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
    every_token_account_of_the_authority_is_a_vault,
    the_authority_avoids_the_fee_with_update,
    a_missing_account_of_the_fee_is_named,
    an_operator_is_not_charged_a_fee_it_has_not_agreed_to,
    a_revision_that_comes_again_does_not_make_a_fee_agreed,
);

async fn without_a_fee_the_optional_accounts_may_be_left_out_or_be_placeholders(backend: Backend) {
    let mut scene = Scene::with_v2_account(backend, 1).await;
    let authority = scene.authority.insecure_clone();
    let (config, signer) = (scene.config, authority.pubkey());
    let left_out = client_v2::update_v2(&config, &signer, 2, Some(0));
    let placeholders = client_v2::update_v2_with(&config, &signer, 3, Some(1), 0, None);
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

/// Which one receives, the caller chooses.
async fn every_token_account_of_the_authority_is_a_vault(backend: Backend) {
    let mut fee = FeeScene::start(backend, token::ID, FEE).await;
    let another = FeeAccounts {
        vault: key("another vault").pubkey(),
        ..fee.token.accounts
    };
    let empty = fee.scene.svm.account(fee.token.accounts.vault).await;
    let empty = empty.expect("the vault exists");
    fee.scene.svm.set_account(another.vault, empty).await;

    let update = fee.update(2, another);
    let outcome = fee.scene.svm.send(&[update], &[&fee.operator]).await;
    outcome.expect_ok();
    assert_eq!(fee.token.source_amount(&mut fee.scene.svm).await, 0);
    assert_eq!(fee.token.vault_amount(&mut fee.scene.svm).await, 0);
    let another = Token { accounts: another };
    assert_eq!(another.vault_amount(&mut fee.scene.svm).await, FEE);
}

/// It would pay the fee to itself.
async fn the_authority_avoids_the_fee_with_update(backend: Backend) {
    let mut fee = FeeScene::start(backend, token::ID, FEE).await;
    let update = client_v1::update(&fee.scene.authority.pubkey(), 2);
    fee.send_by_authority(&[update]).await;
    let config = fee.scene.read_v2().await;
    assert_eq!((config.value, config.fee), (2, FEE));
    assert_eq!(fee.token.source_amount(&mut fee.scene.svm).await, FEE);
    assert_eq!(fee.token.vault_amount(&mut fee.scene.svm).await, 0);
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

async fn an_operator_is_not_charged_a_fee_it_has_not_agreed_to(backend: Backend) {
    let mut fee = FeeScene::start(backend, token::ID, 100 * FEE).await;
    let seen = fee.scene.read_v2().await.revision;
    let authority = fee.scene.authority.insecure_clone();
    let mint = fee.token.accounts.mint;
    let raise = client_v2::set_fee(&authority.pubkey(), FEE + 1, mint);
    fee.send_by_authority(&[raise]).await;
    fee.expect_no_charge(seen, FEE, ConfigError::RevisionMismatch)
        .await;
    fee.expect_no_charge(seen + 1, FEE, ConfigError::FeeAboveLimit)
        .await;

    let paid = fee.update_agreeing(2, Some(seen + 1), FEE + 1);
    fee.scene
        .svm
        .send(&[paid], &[&fee.operator])
        .await
        .expect_ok();
    let left = fee.token.source_amount(&mut fee.scene.svm).await;
    assert_eq!(left, 99 * FEE - 1);
}

/// The authority brings the config back to the revision that the operator saw, with another fee.
async fn a_revision_that_comes_again_does_not_make_a_fee_agreed(backend: Backend) {
    for way in Again::ALL {
        let mut fee = FeeScene::start(backend, token::ID, 100 * FEE).await;
        let seen = fee.scene.read_v2().await.revision;
        fee.bring_back(way, 100 * FEE, fee.token.accounts.mint)
            .await;
        let config = fee.scene.read_v2().await;
        assert_eq!((config.revision, config.fee), (seen, 100 * FEE), "{way:?}");
        fee.expect_no_charge(seen, FEE, ConfigError::FeeAboveLimit)
            .await;

        // The same number of units of another token.
        let mut fee = FeeScene::start(backend, token::ID, FEE).await;
        let (operator, authority) = (fee.operator.pubkey(), fee.scene.authority.pubkey());
        let dearer = Token::create(&mut fee.scene.svm, token_2022::ID, operator, authority, FEE);
        let dearer = dearer.await.accounts;
        fee.bring_back(way, FEE, dearer.mint).await;
        fee.expect_no_charge(seen, FEE, ConfigError::WrongFeeMint)
            .await;
    }
}

/// How a config comes to a revision that it had before.
#[derive(Clone, Copy, Debug)]
enum Again {
    ClosedAndCreated,
    ClosedAndMigrated,
    RolledBackAndMigrated,
}

impl Again {
    const ALL: [Again; 3] = [
        Self::ClosedAndCreated,
        Self::ClosedAndMigrated,
        Self::RolledBackAndMigrated,
    ];
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

    fn update(&self, value: u64, accounts: FeeAccounts) -> Instruction {
        let (config, operator) = (&self.scene.config, self.operator.pubkey());
        client_v2::update_v2_with(config, &operator, value, None, u64::MAX, Some(accounts))
    }

    /// `update_v2` by the operator, who agrees to this fee in the scene's token.
    fn update_agreeing(&self, value: u64, revision: Option<u32>, max_fee: u64) -> Instruction {
        let (config, operator) = (&self.scene.config, self.operator.pubkey());
        let accounts = self.token.accounts;
        client_v2::update_v2_with(config, &operator, value, revision, max_fee, Some(accounts))
    }

    /// Asserts that the operator pays nothing when it expects this revision and agrees to this fee.
    async fn expect_no_charge(&mut self, revision: u32, max_fee: u64, error: ConfigError) {
        let update = self.update_agreeing(2, Some(revision), max_fee);
        expect_rejection(&mut self.scene.svm, update, &[&self.operator], error).await;
    }

    async fn send_by_authority(&mut self, instructions: &[Instruction]) {
        let scene = &mut self.scene;
        let outcome = scene.svm.send(instructions, &[&scene.authority]).await;
        outcome.expect_ok();
    }

    /// Sets another fee and brings the config to the revision that it has now.
    async fn bring_back(&mut self, way: Again, fee: u64, fee_mint: Pubkey) {
        let (config, authority) = (self.scene.config, self.scene.authority.pubkey());
        let revision = self.scene.read_v2().await.revision;
        let operators = vec![self.operator.pubkey()];
        let created = InitializeV2Args {
            value: 1,
            fee,
            fee_mint,
            operators: operators.clone(),
        };
        let set_up = [
            client_v2::migrate(&config, &authority, &authority),
            client_v2::set_operators(&authority, operators),
            client_v2::set_fee(&authority, fee, fee_mint),
        ];
        match way {
            Again::ClosedAndCreated => {
                self.send_by_authority(&[client_v1::close(&authority)])
                    .await;
                self.send_by_authority(&[client_v2::initialize_v2(&authority, created)])
                    .await;
            }
            Again::ClosedAndMigrated => {
                self.send_by_authority(&[client_v1::close(&authority)])
                    .await;
                self.send_by_authority(&[client_v1::initialize(&authority, 1)])
                    .await;
                self.send_by_authority(&set_up).await;
            }
            Again::RolledBackAndMigrated => {
                let upgrade_authority = self.scene.svm.upgrade_authority().insecure_clone();
                let roll_back = client_v2::rollback(&config, &upgrade_authority.pubkey(), true);
                let svm = &mut self.scene.svm;
                let outcome = svm.send(&[roll_back], &[&upgrade_authority]).await;
                outcome.expect_ok();
                self.send_by_authority(&set_up).await;
            }
        }
        while self.scene.read_v2().await.revision != revision {
            self.send_by_authority(&[client_v1::update(&authority, 1)])
                .await;
        }
    }
}
