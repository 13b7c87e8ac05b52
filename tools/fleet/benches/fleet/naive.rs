//! The script that people write first: for each account a transaction, and the next when it is confirmed.

use {
    crate::node::{NodeProcess, configs},
    anyhow::{Result, anyhow},
    demo::{client_v1::config_address, client_v2::migrate_as_upgrade_authority},
    solana_commitment_config::CommitmentConfig,
    solana_rpc_client::rpc_client::RpcClient,
    solana_transaction::Transaction,
    std::time::Instant,
    svm_harness::Signer,
};

/// What the script took.
pub struct Naive {
    pub accounts: usize,
    pub seconds: f64,
}

/// Migrates the last `count` accounts of the node.
pub fn migrate(node: &NodeProcess, count: usize) -> Result<Naive> {
    let rpc = RpcClient::new_with_commitment(node.url.clone(), CommitmentConfig::confirmed());
    let authority = solana_keypair::read_keypair_file(node.authority())
        .map_err(|error| anyhow!("no key of the upgrade authority: {error}"))?;
    let configs = configs(crate::ACCOUNTS + crate::SAMPLE);
    let start = Instant::now();
    for index in configs.count() - count..configs.count() {
        let config = config_address(&configs.authority(index).pubkey());
        let migrate =
            migrate_as_upgrade_authority(&config, &authority.pubkey(), &authority.pubkey());
        let transaction = Transaction::new_signed_with_payer(
            &[migrate],
            Some(&authority.pubkey()),
            &[&authority],
            rpc.get_latest_blockhash()?,
        );
        rpc.send_and_confirm_transaction(&transaction)?;
    }
    Ok(Naive {
        accounts: count,
        seconds: start.elapsed().as_secs_f64(),
    })
}
