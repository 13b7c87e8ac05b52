//! A cluster in this process that clients call over JSON-RPC and WebSocket: Surfpool, offline, with
//! mainnet's features, able to hold 100,000 accounts of one program. Programs are deployed and upgraded by
//! the upgradeable loader.
//!
//! Everything here blocks: call it outside asynchronous code.

mod cluster;
mod configs;
mod epoch_info;
mod key_file;
mod node;
mod owner_index;
mod program_accounts;
mod releases;

pub use {
    cluster::Localnet,
    configs::{Configs, LOWERED_LAMPORTS_PER_BYTE},
    key_file::write_key,
    node::{Blocks, free_port},
    releases::Releases,
};
