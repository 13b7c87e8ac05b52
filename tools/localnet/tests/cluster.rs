//! What the cluster answers where it is not Surfpool's own: many configs, the listing of a program's
//! accounts, blocks.

use {
    demo::{
        client_v1::config_address,
        config,
        releases::{program_id, release_1, release_2},
    },
    localnet::{Blocks, Configs, Localnet, free_port},
    solana_account_decoder_client_types::UiDataSliceConfig,
    solana_commitment_config::CommitmentConfig,
    solana_rpc_client_api::{
        client_error::Result as ClientResult,
        config::RpcProgramAccountsConfig,
        filter::{Memcmp, RpcFilterType},
    },
    std::{collections::BTreeMap, thread::yield_now, time::Duration},
    surfpool_core::solana_rpc_client::rpc_client::RpcClient,
    svm_harness::{Pubkey, Signer},
};

const CONFIGS: Configs = Configs {
    seed: 7,
    before_rent_fell: 33,
    since_rent_fell: 31,
};

/// A cluster with release 1 and [`CONFIGS`].
fn cluster() -> (Localnet, RpcClient) {
    let port = free_port().expect("a port");
    let mut localnet =
        Localnet::start(port, Blocks::PerTransaction, &[]).expect("a cluster starts");
    localnet
        .deploy(&release_1())
        .expect("release 1 is deployed");
    localnet
        .make_configs(&CONFIGS)
        .expect("release 1 makes configs");
    let rpc = RpcClient::new(localnet.rpc_url());
    (localnet, rpc)
}

/// The data that release 1 wrote for the config of this index.
fn data_of(index: usize) -> Vec<u8> {
    config::v1(&CONFIGS.authority(index).pubkey(), index as u64)
}

fn address_of(index: usize) -> Pubkey {
    config_address(&CONFIGS.authority(index).pubkey())
}

fn list(
    rpc: &RpcClient,
    config: RpcProgramAccountsConfig,
) -> ClientResult<BTreeMap<Pubkey, Vec<u8>>> {
    let found = rpc.get_program_ui_accounts_with_config(&program_id(), config)?;
    let accounts = found
        .into_iter()
        .map(|(address, account)| (address, account.data.decode().expect("base64")));
    Ok(accounts.collect())
}

fn filtered(filters: Vec<RpcFilterType>) -> RpcProgramAccountsConfig {
    RpcProgramAccountsConfig {
        filters: Some(filters),
        ..RpcProgramAccountsConfig::default()
    }
}

fn memcmp(offset: usize, bytes: &[u8]) -> RpcFilterType {
    RpcFilterType::Memcmp(Memcmp::new_base58_encoded(offset, bytes))
}

#[test]
fn release_1_made_the_configs() {
    let (_localnet, rpc) = cluster();
    for index in 0..CONFIGS.count() {
        let account = rpc.get_account(&address_of(index)).expect("a config");
        assert_eq!(account.owner, program_id());
        assert_eq!(account.data, data_of(index));
        let lamports_per_byte = if index < 33 { 6_960 } else { 5_080 };
        assert_eq!(account.lamports, (128 + 48) * lamports_per_byte);
    }
    let minimum = rpc.get_minimum_balance_for_rent_exemption(96);
    assert_eq!(minimum.expect("a minimum"), (128 + 96) * 5_080);
}

#[test]
fn a_config_that_exists_is_not_made_again() {
    let (localnet, _rpc) = cluster();
    let error = localnet.make_configs(&CONFIGS).expect_err("they exist");
    assert_eq!(
        error.to_string(),
        "release 1 made no configs: Error processing Instruction 0: custom program error: 0x0"
    );
}

#[test]
fn configs_outlive_an_upgrade() {
    let (mut localnet, rpc) = cluster();
    localnet.upgrade(&release_2()).expect("an upgrade");
    let account = rpc.get_account(&address_of(63)).expect("a config");
    assert_eq!(account.data, data_of(63));
}

#[test]
fn a_listing_has_what_its_filters_let_pass() {
    let (_localnet, rpc) = cluster();
    let passing = |filters| list(&rpc, filtered(filters)).expect("a listing");
    let expected = |wanted: &dyn Fn(&[u8]) -> bool| -> BTreeMap<Pubkey, Vec<u8>> {
        (0..CONFIGS.count())
            .map(|index| (address_of(index), data_of(index)))
            .filter(|(_, data)| wanted(data))
            .collect()
    };
    let discriminator = || memcmp(0, config::v1_discriminator());

    assert_eq!(passing(vec![]), expected(&|_| true));
    assert_eq!(passing(vec![discriminator()]), expected(&|_| true));
    let byte = data_of(5)[8];
    let of_the_byte = expected(&|data| data[8] == byte);
    assert!(of_the_byte.len() < CONFIGS.count());
    assert_eq!(
        passing(vec![discriminator(), memcmp(8, &[byte])]),
        of_the_byte
    );
    assert_eq!(
        passing(vec![RpcFilterType::DataSize(48)]),
        expected(&|_| true)
    );
    assert_eq!(passing(vec![RpcFilterType::DataSize(96)]), BTreeMap::new());
}

#[test]
fn a_listing_is_cut_on_request() {
    let (_localnet, rpc) = cluster();
    let mut config = filtered(vec![]);
    config.account_config.data_slice = Some(UiDataSliceConfig {
        offset: 40,
        length: 8,
    });
    let values = list(&rpc, config).expect("a listing");
    assert_eq!(values[&address_of(9)], 9u64.to_le_bytes());
}

#[test]
fn a_listing_that_cannot_be_made_is_rejected() {
    let (_localnet, rpc) = cluster();
    let rejection = |config| list(&rpc, config).expect_err("no listing").to_string();
    assert_eq!(
        rejection(filtered(vec![RpcFilterType::DataSize(48); 5])),
        "RPC response error -32602: Too many filters provided; max 4; "
    );
    assert_eq!(
        rejection(filtered(vec![RpcFilterType::TokenAccountState])),
        "RPC response error -32602: tokenAccountState is not served here; "
    );
    let mut config = filtered(vec![]);
    config.account_config.min_context_slot = Some(u64::MAX);
    assert_eq!(
        rejection(config),
        "RPC response error -32016: Minimum context slot has not been reached; "
    );
}

#[test]
fn the_clock_makes_blocks_without_transactions() {
    let port = free_port().expect("a port");
    let blocks = Blocks::Every(Duration::from_millis(1));
    let localnet = Localnet::start(port, blocks, &[]).expect("a cluster starts");
    let rpc = RpcClient::new(localnet.rpc_url());
    let height = rpc.get_block_height().expect("a height");
    while rpc.get_block_height().expect("a height") < height + 40 {
        yield_now();
    }
    let epoch = rpc.get_epoch_info().expect("an epoch");
    assert_eq!(epoch.transaction_count, Some(0));
}

#[test]
fn progress_is_reported_at_a_commitment() {
    let (_localnet, rpc) = cluster();
    for commitment in [
        CommitmentConfig::processed(),
        CommitmentConfig::confirmed(),
        CommitmentConfig::finalized(),
    ] {
        let slot = || rpc.get_slot_with_commitment(commitment).expect("a slot");
        let before = slot();
        let info = rpc
            .get_epoch_info_with_commitment(commitment)
            .expect("an epoch");
        assert!((before..=slot()).contains(&info.absolute_slot));
        assert_eq!(info.slot_index, info.absolute_slot);
        assert_eq!(info.block_height, info.absolute_slot - 30);
    }
}

#[test]
fn a_taken_port_is_named() {
    let port = free_port().expect("a port");
    let _first = Localnet::start(port, Blocks::PerTransaction, &[]).expect("a cluster starts");
    let second = Localnet::start(port, Blocks::PerTransaction, &[]).err();
    assert_eq!(
        second.expect("the port is taken").to_string(),
        format!("port {port} is taken: pass another --port")
    );
}
