//! What a node's rejection means for the one who asks.

use {
    super::{super::ClusterError, wire::Simulated},
    serde::Deserialize,
    serde_json::Value,
    solana_rpc_client_api::custom_error::*,
    solana_transaction_error::TransactionError,
    std::time::Duration,
};

const METHOD_NOT_FOUND: i64 = -32601;
const INTERNAL_ERROR: i64 = -32603;

/// Said by nodes and by the gateways before them, with codes that differ from one to the next.
const SAYS_TOO_LARGE: [&str; 5] = [
    "too many accounts",
    "number of accounts",
    "too large",
    "response size",
    "scan aborted",
];
const SAYS_LATER: [&str; 6] = [
    "too many requests",
    "rate limit",
    "try again",
    "timeout",
    "timed out",
    "replayed bad version of slot",
];

/// Methods that can be asked for a smaller part.
const LISTINGS: [&str; 2] = ["getProgramAccounts", "getProgramAccountsV2"];

pub fn transient(message: String, retry_after: Option<Duration>) -> ClusterError {
    ClusterError::Transient {
        message,
        retry_after,
    }
}

pub fn stale(method: &str, slot: u64, min_slot: u64) -> ClusterError {
    let message = format!("{method}: the node answers for slot {slot}, {min_slot} was asked for");
    transient(message, None)
}

pub fn lacks(method: &str, what: &str) -> ClusterError {
    ClusterError::Rejected(format!(
        "{method}: the node's answer lacks {what}; use another node"
    ))
}

pub fn wrong_count(method: &str, asked: usize, answered: usize) -> ClusterError {
    ClusterError::Rejected(format!(
        "{method}: {asked} values were asked for, the node answers {answered}; use another node"
    ))
}

pub fn same_page(method: &str) -> ClusterError {
    ClusterError::Rejected(format!(
        "{method}: the node answers the same page again; use another node"
    ))
}

/// Whether a node does not send a transaction because it landed already.
pub fn is_already_processed(error: &ClusterError) -> bool {
    match error {
        ClusterError::Preflight { error, .. } => *error == TransactionError::AlreadyProcessed,
        ClusterError::Rejected(message) => {
            message.contains("AlreadyProcessed") || message.contains("already been processed")
        }
        _ => false,
    }
}

/// The error object of a JSON-RPC answer.
pub fn of_object(method: &str, error: &Value, retry_after: Option<Duration>) -> ClusterError {
    let code = error["code"].as_i64().unwrap_or_default();
    let said = error["message"]
        .as_str()
        .map_or_else(|| error.to_string(), str::to_owned);
    let lower = said.to_lowercase();
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| lower.contains(phrase));
    let message = format!("{method}: {said} (error {code} of the node)");

    match code {
        JSON_RPC_SERVER_ERROR_SEND_TRANSACTION_PREFLIGHT_FAILURE => {
            preflight(&error["data"]).unwrap_or(ClusterError::Rejected(message))
        }
        METHOD_NOT_FOUND => ClusterError::Unsupported(message),
        JSON_RPC_SERVER_ERROR_BLOCK_NOT_AVAILABLE
        | JSON_RPC_SERVER_ERROR_NODE_UNHEALTHY
        | JSON_RPC_SERVER_ERROR_SLOT_SKIPPED
        | JSON_RPC_SERVER_ERROR_BLOCK_STATUS_NOT_AVAILABLE_YET
        | JSON_RPC_SERVER_ERROR_MIN_CONTEXT_SLOT_NOT_REACHED
        | JSON_RPC_SERVER_ERROR_LONG_TERM_STORAGE_UNREACHABLE => transient(message, retry_after),
        _ if LISTINGS.contains(&method) && says(&SAYS_TOO_LARGE) => ClusterError::TooLarge(message),
        _ if says(&SAYS_LATER) => transient(message, retry_after),
        INTERNAL_ERROR => transient(message, retry_after),
        JSON_RPC_SCAN_ERROR => ClusterError::TooLarge(message),
        JSON_RPC_SERVER_ERROR_TRANSACTION_HISTORY_NOT_AVAILABLE => ClusterError::Rejected(format!(
            "{message}; use a node that keeps the history of transactions"
        )),
        _ => ClusterError::Rejected(message),
    }
}

fn preflight(data: &Value) -> Option<ClusterError> {
    let simulated = Simulated::deserialize(data).ok()?;
    Some(ClusterError::Preflight {
        error: simulated.err?.into(),
        logs: simulated.logs.unwrap_or_default(),
    })
}

/// An HTTP answer that is no JSON-RPC answer.
pub fn of_status(
    method: &str,
    status: u16,
    said: &str,
    retry_after: Option<Duration>,
) -> ClusterError {
    let message = format!("{method}: the node answers HTTP {status} {said}");
    match status {
        408 | 425 | 429 | 500..=599 => transient(message, retry_after),
        413 => ClusterError::TooLarge(message),
        300..=399 => ClusterError::Rejected(format!("{message}; use the URL that it moved to")),
        401 | 403 => ClusterError::Rejected(format!("{message}; check the key in the node's URL")),
        _ => ClusterError::Rejected(format!("{message}; check the node's URL")),
    }
}

pub fn too_large(method: &str, limit: usize) -> ClusterError {
    ClusterError::TooLarge(format!("{method}: the answer is larger than {limit} bytes"))
}

/// A body that is JSON, but not what the method answers.
pub fn unexpected(method: &str, error: &serde_json::Error) -> ClusterError {
    ClusterError::Rejected(format!(
        "{method}: not what a Solana node answers ({error}); check the node's URL"
    ))
}
