//! How many configs fit one transaction of 1,232 bytes.

use {
    crate::fleet::{Fleet, events},
    anchor_lang::prelude::pubkey,
    integration::scene::FUNDS,
    svm_harness::{Backend, DEFAULT_LAMPORTS_PER_BYTE, Instruction, Pubkey, block_on},
};

const COMPUTE_BUDGET: Pubkey = pubkey!("ComputeBudget111111111111111111111111111111");

/// What a sender of many transactions sets: a limit of compute units and their price.
fn compute_budget() -> [Instruction; 2] {
    let limit = [&[2][..], &30_000u32.to_le_bytes()].concat();
    let price = [&[3][..], &1_000u64.to_le_bytes()].concat();
    [limit, price].map(|data| Instruction {
        program_id: COMPUTE_BUDGET,
        accounts: vec![],
        data,
    })
}

/// Sends one transaction with all configs, whose fee the upgrade authority pays.
async fn migrate_all(configs: usize, others: &[Instruction]) {
    let mut fleet = Fleet::start(Backend::Loader, configs).await;
    let batch = fleet.migrate_many(&fleet.configs);
    let signer = fleet.upgrade_authority.insecure_clone();
    let instructions = [others, &[batch]].concat();

    let outcome = fleet.svm.send_paid_by(&signer, &instructions, &[]).await;
    let outcome = outcome.expect_ok();

    let top_up = configs as u64 * 48 * DEFAULT_LAMPORTS_PER_BYTE;
    assert_eq!(events(&outcome), [(configs as u32, 0, top_up)]);
    // 5,000 lamports for the signature; 1,000 micro-lamports for each of 30,000 compute units.
    let fee = if others.is_empty() { 5_000 } else { 5_030 };
    assert_eq!(fleet.funds().await, FUNDS - top_up - fee);
    for (index, account) in fleet.accounts().await.into_iter().enumerate() {
        assert_eq!(account.data, fleet.migrated(index), "{index}");
    }
}

#[test]
fn twenty_eight_configs_fit_with_a_compute_budget() {
    block_on(migrate_all(28, &compute_budget()));
}

#[test]
#[should_panic(expected = "the transaction has 1262 bytes, 1232 are allowed")]
fn twenty_nine_configs_do_not_fit_with_a_compute_budget() {
    block_on(migrate_all(29, &compute_budget()));
}

#[test]
fn twenty_nine_configs_fit_without_one() {
    block_on(migrate_all(29, &[]));
}

#[test]
#[should_panic(expected = "the transaction has 1243 bytes, 1232 are allowed")]
fn thirty_configs_do_not_fit() {
    block_on(migrate_all(30, &[]));
}
