//! Against a node that answers what the test wrote, byte for byte.

mod errors;
mod hostile;
mod requests;
mod server;

use {
    super::RpcCluster,
    crate::cluster::{Answer, ClusterError, Commitment, Query},
    serde_json::{Value, json},
    solana_hash::Hash,
    solana_message::{Message, VersionedMessage},
    solana_pubkey::Pubkey,
    solana_signature::Signature,
    solana_transaction::versioned::VersionedTransaction,
    std::time::Duration,
};

const TIMEOUT: Duration = Duration::from_secs(30);

fn key(byte: u8) -> Pubkey {
    Pubkey::new_from_array([byte; 32])
}

fn query() -> Query {
    Query {
        program_id: key(1),
        discriminator: vec![10, 11, 12, 13, 14, 15, 16, 17],
        data_len: None,
        partition: None,
        commitment: Commitment::Finalized,
    }
}

/// A transaction without instructions, paid by `key(2)`.
fn transaction() -> VersionedTransaction {
    let message = Message::new_with_blockhash(&[], Some(&key(2)), &Hash::new_from_array([3; 32]));
    VersionedTransaction {
        signatures: vec![Signature::from([4; 64])],
        message: VersionedMessage::Legacy(message),
    }
}

/// [`transaction`] as it goes over the wire: one signature; one signer, no other account; the payer, the
/// blockhash; no instruction.
fn transaction_in_base64() -> String {
    use base64::{Engine, prelude::BASE64_STANDARD};
    let parts: [&[u8]; 7] = [&[1], &[4; 64], &[1, 0, 0], &[1], &[2; 32], &[3; 32], &[0]];
    BASE64_STANDARD.encode(parts.concat())
}

/// An account of `key(1)` with the data 1, 2, 3.
fn account_in_json() -> Value {
    json!({
        "lamports": 890_880,
        "data": ["AQID", "base64"],
        "owner": key(1).to_string(),
        "executable": false,
        "rentEpoch": u64::MAX,
        "space": 3,
    })
}

fn account() -> solana_account::Account {
    solana_account::Account {
        lamports: 890_880,
        data: vec![1, 2, 3],
        owner: key(1),
        executable: false,
        rent_epoch: u64::MAX,
    }
}

fn rejected<T>(message: &str) -> Answer<T> {
    Err(ClusterError::Rejected(message.to_owned()))
}

fn transient<T>(message: &str, retry_after: Option<u64>) -> Answer<T> {
    Err(ClusterError::Transient {
        message: message.to_owned(),
        retry_after: retry_after.map(Duration::from_secs),
    })
}
