//! Several migrations in one transaction: all of them or none.

use {
    crate::common::initialize_v2,
    anchor_lang::error::ErrorCode,
    integration::{
        rejection::{expect_failure, failure},
        scene::{FUNDS, Scene},
    },
    proxy::{
        adopted::adopted,
        client_migrator::{migrate_account, migrate_account_to},
        releases::deploy,
    },
    std::collections::BTreeSet,
    support::{client_v1, client_v2, key::key},
    svm_harness::{
        Backend, Instruction, Keypair, PACKET_DATA_SIZE, Pubkey, Signer, Svm, block_on,
        on_both_backends,
    },
};

on_both_backends!(
    four_authorities_migrate_in_one_transaction,
    one_bad_migration_stops_the_others,
);

fn authority(number: usize) -> Keypair {
    key(&format!("authority {number}"))
}

/// A cluster in which every authority has a config that holds its number, in one layout or the other.
async fn scene(backend: Backend, authorities: &[Keypair]) -> Svm {
    let mut svm = Scene::without_account(backend).await.svm;
    deploy(&mut svm).await;
    for (value, authority) in (0..).zip(authorities) {
        let address = authority.pubkey();
        svm.fund(address, FUNDS).await;
        let initialize = match value % 2 {
            0 => client_v1::initialize(&address, value),
            _ => initialize_v2(&address, value),
        };
        svm.send(&[initialize], &[authority]).await.expect_ok();
    }
    svm
}

/// One migration for each authority; the first pays for all and receives all.
fn batch(authorities: &[Keypair]) -> Vec<Instruction> {
    let payer = authorities[0].pubkey();
    let migrate = |authority: &Keypair| migrate_account(&authority.pubkey(), &payer);
    authorities.iter().map(migrate).collect()
}

async fn four_authorities_migrate_in_one_transaction(backend: Backend) {
    let authorities: Vec<_> = (0..4).map(authority).collect();
    let signers: Vec<_> = authorities.iter().collect();
    let mut svm = scene(backend, &authorities).await;
    let outcome = svm.send(&batch(&authorities), &signers).await;
    outcome.expect_ok();
    for (value, authority) in (0..).zip(&authorities) {
        let config = client_v2::config_address(&authority.pubkey());
        assert_eq!(adopted(&mut svm, &config).await.value, value);
    }
}

/// The bad one retires its config and has it adopted at a wrong address.
async fn one_bad_migration_stops_the_others(backend: Backend) {
    let authorities: Vec<_> = (0..4).map(authority).collect();
    let signers: Vec<_> = authorities.iter().collect();
    let mut svm = scene(backend, &authorities).await;
    for index in 0..4 {
        let mut instructions = batch(&authorities);
        instructions[usize::from(index)].accounts[1].pubkey = key("anywhere").pubkey();
        let error = failure(index, ErrorCode::ConstraintSeeds);
        expect_failure(&mut svm, &instructions, &signers, error).await;
    }
}

#[test]
#[should_panic(expected = "the transaction has 1244 bytes, 1232 are allowed")]
fn a_fifth_does_not_fit() {
    block_on(async {
        let authorities: Vec<_> = (0..5).map(authority).collect();
        let signers: Vec<_> = authorities.iter().collect();
        let mut svm = Scene::without_account(Backend::Native).await.svm;
        svm.send(&batch(&authorities), &signers).await.expect_ok();
    });
}

/// Bytes of a transaction on the wire. Every count in it is below 128 and takes one byte.
fn transaction_len(fee_payer: &Pubkey, instructions: &[Instruction]) -> usize {
    let mut addresses = BTreeSet::from([*fee_payer]);
    let mut signers = addresses.clone();
    for instruction in instructions {
        addresses.insert(instruction.program_id);
        for meta in &instruction.accounts {
            addresses.insert(meta.pubkey);
            if meta.is_signer {
                signers.insert(meta.pubkey);
            }
        }
    }
    let signatures = 1 + 64 * signers.len();
    let header_addresses_and_blockhash = 3 + 1 + 32 * addresses.len() + 32;
    let instructions: usize = instructions
        .iter()
        .map(|instruction| 1 + 1 + instruction.accounts.len() + 1 + instruction.data.len())
        .sum();
    signatures + header_addresses_and_blockhash + 1 + instructions
}

/// Which account pays the fee and which one the rent decides how many migrations fit.
#[test]
fn four_or_five_fit() {
    let [payer, fee_payer, first] = [key("payer"), key("fee payer"), authority(0)];
    let hash = Some([0; 32]);
    for (fee_payer, payer, expected_hash, fitting, len, len_with_one_more) in [
        // Who pays the fee pays the rent and receives it: an account of its own, or an authority.
        (&payer, &payer, None, 4, 1_054, 1_244),
        (&first, &first, None, 5, 1_148, 1_338),
        // Another pays the fee.
        (&fee_payer, &first, None, 4, 1_054, 1_244),
        (&fee_payer, &payer, None, 4, 1_150, 1_340),
        // Every authority says what it reviewed.
        (&payer, &payer, hash, 4, 1_182, 1_404),
        (&first, &first, hash, 4, 1_086, 1_308),
    ] {
        let len_of = |count: usize| {
            let migrations: Vec<_> = (0..count)
                .map(|number| {
                    let authority = authority(number).pubkey();
                    let payer = payer.pubkey();
                    migrate_account_to(&authority, &payer, &payer, expected_hash)
                })
                .collect();
            transaction_len(&fee_payer.pubkey(), &migrations)
        };
        assert_eq!(
            (len_of(fitting), len_of(fitting + 1)),
            (len, len_with_one_more)
        );
        assert!(len <= PACKET_DATA_SIZE && len_with_one_more > PACKET_DATA_SIZE);
    }
}
