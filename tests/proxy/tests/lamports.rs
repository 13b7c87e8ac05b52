//! Where the lamports of one `migrate_account` go.

use {
    crate::{common::scene_at, scene::Source},
    integration::{
        rejection::expect_failure,
        scene::{FUNDS, Scene},
    },
    proxy::{adopted::adopted, client_migrator::migrate_account_to},
    successor::state::SuccessorConfig,
    support::key::key,
    svm_harness::{
        Backend, DEFAULT_LAMPORTS_PER_BYTE, Instruction, Keypair, Pubkey, Signer, TransactionError,
        on_both_backends, rent_exempt_minimum,
    },
};

on_both_backends!(
    payer_recipient_and_authority_may_be_three,
    payer_recipient_and_authority_may_be_one,
    the_old_rent_may_pay_for_the_new_config,
    lamports_above_the_new_minimum_go_to_the_recipient_too,
    a_recipient_without_an_account_must_receive_its_rent,
);

/// What mainnet charged, charges and may charge.
const RATES: [u64; 3] = [6_960, 5_080, 696];

/// Bytes that the old and the new config take, without the 128 that every account is charged for.
fn lengths(source: Source) -> (usize, usize) {
    match source {
        Source::V1 => (48, 141),
        Source::V2 => (96 + 3 * 32, 141 + 3 * 32),
    }
}

/// Lamports that a config of `old_len` bytes has above what its last 8 bytes need.
fn freed(old_len: usize, rate: u64) -> u64 {
    rent_exempt_minimum(old_len, rate) - rent_exempt_minimum(8, rate)
}

fn new_address(scene: &Scene) -> Pubkey {
    SuccessorConfig::find_address(&scene.config).0
}

/// Sends the migration, which neither makes nor loses lamports among these accounts, and returns what
/// they have then.
async fn send_and_read(
    scene: &mut Scene,
    accounts: &[Pubkey],
    instruction: Instruction,
    signers: &[&Keypair],
) -> Vec<u64> {
    let mut before = Vec::new();
    for address in accounts {
        before.push(scene.lamports(*address).await);
    }
    scene.svm.send(&[instruction], signers).await.expect_ok();
    let mut after = Vec::new();
    for address in accounts {
        after.push(scene.lamports(*address).await);
    }
    let sum = |lamports: &[u64]| lamports.iter().sum::<u64>();
    assert_eq!(sum(&after), sum(&before));
    after
}

async fn payer_recipient_and_authority_may_be_three(backend: Backend) {
    for rate in RATES {
        for source in Source::ALL {
            let mut scene = scene_at(source, backend, rate).await;
            let (old_len, new_len) = lengths(source);
            let authority = scene.authority.insecure_clone();
            let [payer, recipient] = ["payer", "recipient"].map(key);
            for address in [payer.pubkey(), recipient.pubkey()] {
                scene.svm.fund(address, FUNDS).await;
            }
            let accounts = [
                scene.config,
                new_address(&scene),
                payer.pubkey(),
                recipient.pubkey(),
                authority.pubkey(),
            ];
            let authority_lamports = scene.lamports(authority.pubkey()).await;

            let migrate = migrate_account_to(
                &authority.pubkey(),
                &payer.pubkey(),
                &recipient.pubkey(),
                None,
            );
            let after = send_and_read(&mut scene, &accounts, migrate, &[&authority, &payer]).await;

            assert_eq!(
                after,
                [
                    rent_exempt_minimum(8, rate),
                    rent_exempt_minimum(new_len, rate),
                    FUNDS - rent_exempt_minimum(new_len, rate),
                    FUNDS + freed(old_len, rate),
                    authority_lamports,
                ]
            );
        }
    }
}

async fn payer_recipient_and_authority_may_be_one(backend: Backend) {
    for rate in RATES {
        for source in Source::ALL {
            let mut scene = scene_at(source, backend, rate).await;
            let (old_len, new_len) = lengths(source);
            let authority = scene.authority.insecure_clone();
            let accounts = [scene.config, new_address(&scene), authority.pubkey()];
            let authority_lamports = scene.lamports(authority.pubkey()).await;

            let address = authority.pubkey();
            let migrate = migrate_account_to(&address, &address, &address, None);
            let after = send_and_read(&mut scene, &accounts, migrate, &[&authority]).await;

            assert_eq!(
                after,
                [
                    rent_exempt_minimum(8, rate),
                    rent_exempt_minimum(new_len, rate),
                    authority_lamports + freed(old_len, rate) - rent_exempt_minimum(new_len, rate),
                ]
            );
        }
    }
}

async fn the_old_rent_may_pay_for_the_new_config(backend: Backend) {
    for rate in RATES {
        for source in Source::ALL {
            let mut scene = scene_at(source, backend, rate).await;
            let (old_len, new_len) = lengths(source);
            let authority = scene.authority.insecure_clone();
            let new = new_address(&scene);
            let payer = key("payer");
            scene.svm.fund(payer.pubkey(), FUNDS).await;
            let accounts = [scene.config, new, payer.pubkey()];

            let migrate = migrate_account_to(&authority.pubkey(), &payer.pubkey(), &new, None);
            let after = send_and_read(&mut scene, &accounts, migrate, &[&authority, &payer]).await;

            assert_eq!(
                after,
                [
                    rent_exempt_minimum(8, rate),
                    rent_exempt_minimum(new_len, rate),
                    FUNDS + freed(old_len, rate) - rent_exempt_minimum(new_len, rate),
                ]
            );
        }
    }
}

async fn lamports_above_the_new_minimum_go_to_the_recipient_too(backend: Backend) {
    let rate = DEFAULT_LAMPORTS_PER_BYTE;
    for source in Source::ALL {
        let mut scene = scene_at(source, backend, rate).await;
        let (old_len, _) = lengths(source);
        let authority = scene.authority.insecure_clone();
        let new = new_address(&scene);
        scene.svm.fund(scene.config, FUNDS).await;
        let authority_lamports = scene.lamports(authority.pubkey()).await;
        let accounts = [scene.config, new, authority.pubkey()];

        // The new config received more than its rent, so its payer pays nothing.
        let migrate = migrate_account_to(&authority.pubkey(), &authority.pubkey(), &new, None);
        let after = send_and_read(&mut scene, &accounts, migrate, &[&authority]).await;

        assert_eq!(
            after,
            [
                rent_exempt_minimum(8, rate),
                FUNDS + freed(old_len, rate),
                authority_lamports,
            ]
        );
    }
}

async fn a_recipient_without_an_account_must_receive_its_rent(backend: Backend) {
    let rate = DEFAULT_LAMPORTS_PER_BYTE;
    let mut scene = scene_at(Source::V1, backend, rate).await;
    let authority = scene.authority.insecure_clone();
    let payer = key("payer");
    scene.svm.fund(payer.pubkey(), FUNDS).await;
    let recipient = key("recipient").pubkey();
    let migrate = migrate_account_to(&authority.pubkey(), &payer.pubkey(), &recipient, None);
    let signers = [&authority, &payer];

    // The old config releases 40 bytes' rent; an account without data needs 128 bytes'.
    let missing = (128 - 40) * rate;
    scene.svm.fund(scene.config, missing - 1).await;
    // Behind the fee payer, the payer and the authority come those that do not sign, by address.
    let mut writable = [scene.config, new_address(&scene), recipient];
    writable.sort();
    let position = writable.iter().position(|address| *address == recipient);
    let position = u8::try_from(position.expect("it is among them")).expect("it is below 3");
    expect_failure(
        &mut scene.svm,
        std::slice::from_ref(&migrate),
        &signers,
        TransactionError::InsufficientFundsForRent {
            account_index: 3 + position,
        },
    )
    .await;

    scene.svm.fund(scene.config, 1).await;
    scene.svm.send(&[migrate], &signers).await.expect_ok();
    assert_eq!(scene.lamports(recipient).await, 128 * rate);
    adopted(&mut scene.svm, &scene.config).await;
}
