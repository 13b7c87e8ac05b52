//! Payers that cannot pay. In release 2 each rejection names the payer and what it has and would pay.

use {
    crate::forgery::{plant, v1_bytes},
    account_migration::MigrateFrom,
    anchor_lang::solana_program::system_program,
    app::{
        error::ConfigError,
        instructions::InitializeV2Args,
        state::{AnyConfig, ConfigV1, ConfigV2},
    },
    integration::{
        rejection::{expect_rejection, failure},
        scene::{FUNDS, Scene, account},
    },
    support::{
        bytes::exact_bytes,
        client_v1, client_v2,
        key::key,
        releases::{newest, release},
    },
    svm_harness::{
        Account, Backend, DEFAULT_LAMPORTS_PER_BYTE, Instruction, Keypair, Pubkey, Signer, Svm,
        on_both_backends, rent_exempt_minimum,
    },
};

on_both_backends!(
    a_payer_that_cannot_transfer_is_rejected,
    a_payer_with_a_lamport_too_few_is_rejected,
    initialize_answers_as_on_release_1,
);

/// What the System program answers when the payer of a new account has too few lamports.
const RESULT_WITH_NEGATIVE_LAMPORTS: u32 = 1;

/// Every instruction that has a payer and an error of its own.
#[derive(Clone, Copy, Debug)]
enum Paid {
    InitializeV2,
    SetOperators,
    Migrate,
    MigrateMany,
    Rollback,
}

impl Paid {
    const ALL: [Paid; 5] = [
        Self::InitializeV2,
        Self::SetOperators,
        Self::Migrate,
        Self::MigrateMany,
        Self::Rollback,
    ];

    /// A cluster on which the instruction's payer must pay this many lamports; the instruction, its payer
    /// and its other signer.
    async fn scene(self, backend: Backend) -> (Scene, u64, Instruction, Keypair, Option<Keypair>) {
        let rent = |len| rent_exempt_minimum(len, DEFAULT_LAMPORTS_PER_BYTE);
        let payer = key("payer");
        let address = payer.pubkey();
        let mut scene = Scene::without_account(backend).await;
        let upgrade_authority = scene.svm.upgrade_authority().insecure_clone();
        match self {
            Self::InitializeV2 => {
                let args = InitializeV2Args {
                    value: 1,
                    fee: 0,
                    fee_mint: Pubkey::default(),
                    operators: vec![key("operator").pubkey()],
                };
                let instruction = client_v2::initialize_v2(&address, args);
                (scene, rent(128), instruction, payer, None)
            }
            Self::SetOperators => {
                let config = plant_v2(&mut scene, address, rent(96)).await;
                let operators = vec![key("operator").pubkey()];
                let mut instruction = client_v2::set_operators(&address, operators);
                instruction.accounts[0].pubkey = config;
                (scene, rent(128) - rent(96), instruction, payer, None)
            }
            Self::Migrate => {
                let authority = scene.authority.insecure_clone();
                let config = plant(&mut scene, app::ID, v1_bytes(authority.pubkey())).await;
                let instruction =
                    client_v2::migrate(&config.pubkey(), &authority.pubkey(), &address);
                let missing = rent(96) - rent(48);
                (scene, missing, instruction, payer, Some(authority))
            }
            Self::MigrateMany => {
                let config = plant(&mut scene, app::ID, v1_bytes(address)).await;
                let upgrader = upgrade_authority.pubkey();
                let mut instruction =
                    client_v2::migrate_many(&[config.pubkey()], &upgrader, u64::MAX);
                instruction.accounts[1].pubkey = address;
                let missing = rent(96) - rent(48);
                (scene, missing, instruction, payer, Some(upgrade_authority))
            }
            Self::Rollback => {
                let config = plant_v2(&mut scene, address, rent(48) - 7).await;
                let upgrader = upgrade_authority.pubkey();
                let instruction = client_v2::rollback(&config, &upgrader, true);
                (scene, 7, instruction, upgrade_authority, None)
            }
        }
    }
}

/// A config in the layout of release 2, with its defaults.
async fn plant_v2(scene: &mut Scene, authority: Pubkey, lamports: u64) -> Pubkey {
    let config = ConfigV2::migrate_from(ConfigV1 {
        authority,
        value: 1,
    });
    let address = key("planted").pubkey();
    let data = exact_bytes(&AnyConfig::V2(config));
    let planted = account(app::ID, data, lamports);
    scene.svm.set_account(address, planted).await;
    address
}

async fn a_payer_that_cannot_transfer_is_rejected(backend: Backend) {
    for paid in Paid::ALL {
        for (owner, data) in [
            (system_program::ID, vec![0]),
            (key("a program").pubkey(), vec![]),
            (app::ID, vec![0; 48]),
        ] {
            let (mut scene, _, instruction, payer, other) = paid.scene(backend).await;
            let planted = account(owner, data, FUNDS);
            scene.svm.set_account(payer.pubkey(), planted).await;
            let signers: Vec<&Keypair> = [&payer].into_iter().chain(&other).collect();
            let code = ConfigError::PayerCannotPay;
            expect_rejection(&mut scene.svm, instruction, &signers, code).await;
        }
    }
}

async fn a_payer_with_a_lamport_too_few_is_rejected(backend: Backend) {
    for paid in Paid::ALL {
        let (mut scene, missing, instruction, payer, other) = paid.scene(backend).await;
        let signers: Vec<&Keypair> = [&payer].into_iter().chain(&other).collect();
        let with = |lamports| Account {
            lamports,
            ..Account::default()
        };
        let address = payer.pubkey();
        scene.svm.set_account(address, with(missing - 1)).await;
        let code = ConfigError::InsufficientFunds;
        expect_rejection(&mut scene.svm, instruction.clone(), &signers, code).await;

        let outcome = scene.svm.send(std::slice::from_ref(&instruction), &signers);
        let outcome = outcome.await;
        assert_eq!(outcome.result, Err(failure(0, code)));
        if backend == Backend::Loader {
            let logs = outcome.logs.join("\n");
            for line in [
                format!("caused by account: {address}. Error Code: InsufficientFunds."),
                format!("Program log: Left: {}\n", missing - 1),
                format!("Program log: Right: {missing}\n"),
            ] {
                assert!(logs.contains(&line), "{paid:?}: {line:?} is not in\n{logs}");
            }
        }

        scene.svm.set_account(address, with(missing)).await;
        let outcome = scene.svm.send(&[instruction], &signers).await;
        outcome.expect_ok();
        assert_eq!(scene.lamports(address).await, 0, "{paid:?}");
    }
}

/// Release-1 clients know the System program's error.
async fn initialize_answers_as_on_release_1(backend: Backend) {
    let payer = key("payer");
    let rent = rent_exempt_minimum(48, DEFAULT_LAMPORTS_PER_BYTE);
    for program in [release(1), newest()] {
        let mut svm = Svm::start(backend, &program).await;
        svm.fund(payer.pubkey(), rent - 1).await;
        let initialize = client_v1::initialize(&payer.pubkey(), 1);
        let code = RESULT_WITH_NEGATIVE_LAMPORTS;
        expect_rejection(&mut svm, initialize.clone(), &[&payer], code).await;

        svm.fund(payer.pubkey(), 1).await;
        svm.send(&[initialize], &[&payer]).await.expect_ok();
        assert_eq!(svm.account(payer.pubkey()).await, None);
    }
}
