//! A successor that was upgraded to what an attacker wrote. What it can do to the accounts that the
//! migration program hands on to it ends with the whole migration undone.

use {
    crate::{
        common::{fill_v2, migrate},
        scene::Source,
    },
    anchor_lang::solana_program::system_program,
    hostile_successor::Deed,
    integration::{
        rejection::{expect_failure, expect_rejection},
        scene::{FUNDS, Scene, account},
    },
    migrator::error::MigratorError,
    proxy::{
        adopted::{adopted, successor_account},
        client_migrator::{migrate_account, migrate_account_paying},
        releases::successor,
    },
    successor::state::SuccessorConfig,
    support::{client_v1, key::key, workspace::in_workspace},
    svm_harness::{
        Account, Backend, DEFAULT_LAMPORTS_PER_BYTE, Instruction, InstructionError, Keypair,
        Program, Signer, TransactionError, native_program, on_both_backends, rent_exempt_minimum,
    },
};

on_both_backends!(
    it_adopts_as_the_successor_does,
    it_writes_no_wrong_field,
    it_cannot_leave_the_config_out,
    it_cannot_leave_the_config_to_another_program,
    it_may_leave_the_config_at_another_address,
    it_takes_no_more_of_the_payer_than_the_payer_agreed_to,
    it_takes_nothing_of_the_authority,
    it_gives_no_signer_an_owner_or_data,
);

fn hostile_successor() -> Program {
    Program {
        id: successor::ID,
        name: "hostile successor".to_owned(),
        native: Some(native_program!(hostile_successor::entry)),
        elf: in_workspace("tests/proxy/fixtures/hostile_successor.so"),
    }
}

/// A config whose value makes the hostile successor do this. In the layout of release 2 it has a fee and
/// operators.
async fn scene(source: Source, backend: Backend, deed: Deed, amount: u64) -> Scene {
    let mut scene = source.scene(backend).await;
    if source == Source::V2 {
        fill_v2(&mut scene).await;
    }
    scene.svm.upgrade(&hostile_successor()).await;
    let update = client_v1::update(&scene.authority.pubkey(), deed.value(amount));
    let outcome = scene.svm.send(&[update], &[&scene.authority]).await;
    outcome.expect_ok();
    scene
}

/// Otherwise the rejections below would show nothing.
async fn it_adopts_as_the_successor_does(backend: Backend) {
    for source in Source::ALL {
        let mut hostile = scene(source, backend, Deed::Adopt, 0).await;
        migrate(&mut hostile).await;
        let config = adopted(&mut hostile.svm, &hostile.config).await;
        assert_eq!(config.value, Deed::Adopt.value(0));
        assert_eq!(config.operators.is_empty(), source == Source::V1);
    }
}

async fn it_writes_no_wrong_field(backend: Backend) {
    for source in Source::ALL {
        for deed in [
            Deed::WrongPredecessor,
            Deed::WrongVersion,
            Deed::WrongAuthority,
            Deed::WrongValue,
            Deed::WrongRevision,
            Deed::WrongFeeMint,
            Deed::WrongFee,
            Deed::DropOperator,
            Deed::AddOperator,
        ] {
            if (source, deed) == (Source::V1, Deed::DropOperator) {
                continue;
            }
            expect_undone(source, backend, deed, MigratorError::NotEquivalent).await;
        }
    }
}

async fn it_cannot_leave_the_config_out(backend: Backend) {
    for source in Source::ALL {
        let missing = MigratorError::WrongNewOwner;
        expect_undone(source, backend, Deed::AdoptNothing, missing).await;
    }
}

/// What the successor makes of a config that the hostile one does not adopt.
async fn promised(source: Source, backend: Backend) -> Account {
    let mut scene = scene(source, backend, Deed::AdoptNothing, 0).await;
    scene.svm.upgrade(&successor()).await;
    migrate(&mut scene).await;
    let promised = successor_account(&mut scene.svm, &scene.config).await;
    promised.expect("the successor adopts")
}

/// The account holds what the successor would have written.
async fn it_cannot_leave_the_config_to_another_program(backend: Backend) {
    for source in Source::ALL {
        let right = promised(source, backend).await;
        let mut scene = scene(source, backend, Deed::AdoptNothing, 0).await;
        let address = SuccessorConfig::find_address(&scene.config).0;
        let authority = scene.authority.insecure_clone();
        let migrate = migrate_account(&authority.pubkey(), &authority.pubkey());
        for owner in [system_program::ID, app::ID, key("a program").pubkey()] {
            let planted = account(owner, right.data.clone(), right.lamports);
            scene.svm.set_account(address, planted).await;
            expect_rejection(
                &mut scene.svm,
                migrate.clone(),
                &[&authority],
                MigratorError::WrongNewOwner,
            )
            .await;
        }

        // Otherwise the rejections would show nothing of the owner.
        let planted = account(successor::ID, right.data, right.lamports);
        scene.svm.set_account(address, planted).await;
        let outcome = scene.svm.send(&[migrate], &[&authority]).await;
        outcome.expect_ok();
    }
}

/// The address of the new config is not looked at, only who owns it and what it holds.
async fn it_may_leave_the_config_at_another_address(backend: Backend) {
    for source in Source::ALL {
        let right = promised(source, backend).await;
        let mut scene = scene(source, backend, Deed::AdoptNothing, 0).await;
        let authority = scene.authority.insecure_clone();
        let elsewhere = key("elsewhere").pubkey();
        scene.svm.set_account(elsewhere, right).await;
        let mut migrate = migrate_account(&authority.pubkey(), &authority.pubkey());
        migrate.accounts[1].pubkey = elsewhere;
        scene.svm.send(&[migrate], &[&authority]).await.expect_ok();
        let at_its_address = successor_account(&mut scene.svm, &scene.config).await;
        assert_eq!(at_its_address, None);
    }
}

/// One lamport more than the rent of the new config is rejected, whoever the payer is besides.
async fn it_takes_no_more_of_the_payer_than_the_payer_agreed_to(backend: Backend) {
    let rent = rent_exempt_minimum(141, DEFAULT_LAMPORTS_PER_BYTE);
    for role in PayerRole::ALL {
        for (taken, max_payment, accepted) in [
            (0, rent - 1, false),
            (0, rent, true),
            (1, rent, false),
            (1, rent + 1, true),
            (FUNDS / 2, rent, false),
            (FUNDS / 2, rent + FUNDS / 2 - 1, false),
        ] {
            let mut scene = scene(Source::V1, backend, Deed::TakeFromPayer, taken).await;
            let (migrate, signers) = role.migrate(&mut scene, max_payment).await;
            let signers: Vec<&Keypair> = signers.iter().collect();
            if accepted {
                scene.svm.send(&[migrate], &signers).await.expect_ok();
                adopted(&mut scene.svm, &scene.config).await;
            } else {
                let code = MigratorError::PaymentAboveLimit;
                expect_rejection(&mut scene.svm, migrate, &signers, code).await;
            }
        }
    }
}

/// The runtime hands it the authority as a read-only account, unless the authority is the payer.
async fn it_takes_nothing_of_the_authority(backend: Backend) {
    let mut hostile = scene(Source::V1, backend, Deed::TakeFromAuthority, 1).await;
    let (authority, payer) = (hostile.authority.insecure_clone(), key("payer"));
    hostile.svm.fund(payer.pubkey(), FUNDS).await;
    let migrate = migrate_account(&authority.pubkey(), &payer.pubkey());
    let error = match backend {
        // solana-program-test panics in its place.
        Backend::Native => InstructionError::ProgramFailedToComplete,
        Backend::Loader => InstructionError::PrivilegeEscalation,
    };
    let error = TransactionError::InstructionError(0, error);
    let signers = [&authority, &payer];
    expect_failure(&mut hostile.svm, &[migrate], &signers, error).await;
}

async fn it_gives_no_signer_an_owner_or_data(backend: Backend) {
    for role in PayerRole::ALL {
        for deed in [
            Deed::AssignPayer,
            Deed::AssignPayerAndTake,
            Deed::AllocatePayer,
        ] {
            let mut scene = scene(Source::V1, backend, deed, 1).await;
            let (migrate, signers) = role.migrate(&mut scene, u64::MAX).await;
            let signers: Vec<&Keypair> = signers.iter().collect();
            let code = MigratorError::PayerChanged;
            expect_rejection(&mut scene.svm, migrate, &signers, code).await;
        }
    }
}

/// Who pays for the migration, and receives what the old config releases.
#[derive(Clone, Copy)]
enum PayerRole {
    Sponsor,
    SponsorAndRecipient,
    Authority,
    AuthorityAndRecipient,
}

impl PayerRole {
    const ALL: [PayerRole; 4] = [
        Self::Sponsor,
        Self::SponsorAndRecipient,
        Self::Authority,
        Self::AuthorityAndRecipient,
    ];

    /// The migration, and who signs it.
    async fn migrate(self, scene: &mut Scene, max_payment: u64) -> (Instruction, Vec<Keypair>) {
        let (sponsor, recipient) = (key("sponsor"), key("recipient"));
        scene.svm.fund(sponsor.pubkey(), FUNDS).await;
        scene.svm.fund(recipient.pubkey(), FUNDS).await;
        let authority = scene.authority.insecure_clone();
        let (payer, recipient) = match self {
            Self::Sponsor => (&sponsor, &recipient),
            Self::SponsorAndRecipient => (&sponsor, &sponsor),
            Self::Authority => (&authority, &recipient),
            Self::AuthorityAndRecipient => (&authority, &authority),
        };
        let migrate = migrate_account_paying(
            &authority.pubkey(),
            &payer.pubkey(),
            &recipient.pubkey(),
            None,
            max_payment,
        );
        let signers = match self {
            Self::Sponsor | Self::SponsorAndRecipient => vec![authority, sponsor],
            Self::Authority | Self::AuthorityAndRecipient => vec![authority],
        };
        (migrate, signers)
    }
}

/// Asserts that its migration by a payer of its own is rejected.
async fn expect_undone(source: Source, backend: Backend, deed: Deed, code: impl Into<u32>) {
    let mut scene = scene(source, backend, deed, 0).await;
    let (authority, payer) = (scene.authority.insecure_clone(), key("payer"));
    scene.svm.fund(payer.pubkey(), FUNDS).await;
    let migrate = migrate_account(&authority.pubkey(), &payer.pubkey());
    expect_rejection(&mut scene.svm, migrate, &[&authority, &payer], code).await;
}
