//! What each way of not answering means.

use {
    super::{
        server::{Server, error, http, json as answer},
        *,
    },
    crate::cluster::{Cluster, Lookup},
    solana_transaction_error::TransactionError,
    tokio::net::TcpListener,
};

/// The error that a message becomes.
type Class = fn(String) -> ClusterError;

/// What a listing makes of a reply.
async fn listed(reply: Vec<u8>) -> ClusterError {
    let server = Server::start(vec![reply]).await;
    let error = server.cluster.program_accounts(&query()).await.unwrap_err();
    server.requests().await;
    assert!(!error.to_string().contains("secret"), "{error}");
    error
}

/// What a send makes of a reply.
async fn sent(reply: Vec<u8>) -> Answer<()> {
    let server = Server::start(vec![reply]).await;
    let answer = server.cluster.send(&transaction()).await;
    server.requests().await;
    answer
}

#[tokio::test]
async fn http_statuses() {
    let later: Class = |message| ClusterError::Transient {
        message,
        retry_after: None,
    };
    for (status, class, advice) in [
        (
            "301 Moved Permanently",
            ClusterError::Rejected as Class,
            "; use the URL that it moved to",
        ),
        (
            "400 Bad Request",
            ClusterError::Rejected,
            "; check the node's URL",
        ),
        (
            "401 Unauthorized",
            ClusterError::Rejected,
            "; check the key in the node's URL",
        ),
        (
            "403 Forbidden",
            ClusterError::Rejected,
            "; check the key in the node's URL",
        ),
        (
            "404 Not Found",
            ClusterError::Rejected,
            "; check the node's URL",
        ),
        ("408 Request Timeout", later, ""),
        ("413 Payload Too Large", ClusterError::TooLarge, ""),
        ("425 Too Early", later, ""),
        ("429 Too Many Requests", later, ""),
        ("500 Internal Server Error", later, ""),
        ("502 Bad Gateway", later, ""),
        ("503 Service Unavailable", later, ""),
        ("504 Gateway Timeout", later, ""),
    ] {
        let reply = http(status, "Location: /elsewhere\r\n", b"<p>no\r\n</p>");
        let code = &status[..3];
        let message = format!("getProgramAccounts: the node answers HTTP {code} <p>no</p>{advice}");
        assert_eq!(listed(reply).await, class(message));
    }
}

#[tokio::test]
async fn how_long_to_wait() {
    for (header, retry_after) in [
        ("Retry-After: 7\r\n", Some(7)),
        ("retry-after:  120 \r\n", Some(120)),
        ("Retry-After: 0\r\n", Some(0)),
        ("Retry-After: Wed, 21 Oct 2026 07:28:00 GMT\r\n", None),
        ("Retry-After: -1\r\n", None),
        ("Retry-After: 99999999999999999999\r\n", None),
        ("", None),
    ] {
        let message = "getProgramAccounts: the node answers HTTP 429 slow down";
        let reply = http("429 Too Many Requests", header, b"slow down");
        assert_eq!(
            Err(listed(reply).await),
            transient::<()>(message, retry_after)
        );
    }

    let body = json!({ "error": { "code": -32005, "message": "Node is unhealthy" } }).to_string();
    for status in ["200 OK", "503 Service Unavailable"] {
        let message = "getProgramAccounts: Node is unhealthy (error -32005 of the node)";
        let reply = http(status, "Retry-After: 3\r\n", body.as_bytes());
        assert_eq!(Err(listed(reply).await), transient::<()>(message, Some(3)));
    }
}

#[tokio::test]
async fn json_rpc_errors() {
    let later: Class = |message| ClusterError::Transient {
        message,
        retry_after: None,
    };
    for (code, said, class) in [
        (-32004, "Block not available for slot 5", later),
        (-32005, "Node is behind by 42 slots", later),
        (
            -32007,
            "Slot 5 was skipped, or missing due to ledger jump to recent snapshot",
            later,
        ),
        (-32014, "Block status not yet available for slot 5", later),
        (-32016, "Minimum context slot has not been reached", later),
        (
            -32019,
            "Failed to query long-term storage; please try again",
            later,
        ),
        (-32603, "Internal error", later),
        (-32429, "Too many requests for a specific RPC call", later),
        (-32000, "Request timed out", later),
        (
            -32012,
            "scan aborted: The accumulated scan results exceeded the limit",
            ClusterError::TooLarge,
        ),
        (
            -32012,
            "Node detected it replayed bad version of slot 5 with id 6, thus the scan on said slot was aborted",
            later,
        ),
        (
            -32600,
            "Too many accounts requested (10000001 pubkeys)",
            ClusterError::TooLarge,
        ),
        (
            -32600,
            "Request deprioritized due to number of accounts requested. Slow down requests or add filters",
            ClusterError::TooLarge,
        ),
        (-32000, "Response too large", ClusterError::TooLarge),
        (-32601, "Method not found", ClusterError::Unsupported),
        (-32600, "Invalid request", ClusterError::Rejected),
        (-32602, "Invalid param: WrongSize", ClusterError::Rejected),
        (
            -32010,
            "key excluded from account secondary indexes",
            ClusterError::Rejected,
        ),
    ] {
        let message = format!("getProgramAccounts: {said} (error {code} of the node)");
        let object = json!({ "code": code, "message": said });
        assert_eq!(listed(error(&object)).await, class(message.clone()));
        // Gateways give the same object another status.
        let body = json!({ "jsonrpc": "2.0", "error": object, "id": 1 }).to_string();
        let reply = http("400 Bad Request", "", body.as_bytes());
        assert_eq!(listed(reply).await, class(message.clone()));
        // And some write both.
        let both = json!({ "result": null, "error": object });
        assert_eq!(listed(answer(&both)).await, class(message));
    }
}

#[tokio::test]
async fn what_a_failing_server_says_is_not_final() {
    let body = json!({ "error": { "code": -32602, "message": "?" } }).to_string();
    let message = format!("getProgramAccounts: the node answers HTTP 502 {body}");
    let reply = http("502 Bad Gateway", "", body.as_bytes());
    assert_eq!(Err(listed(reply).await), transient::<()>(&message, None));
}

#[tokio::test]
async fn a_history_that_is_not_kept() {
    let object =
        json!({ "code": -32011, "message": "Transaction history is not available from this node" });
    let server = Server::start(vec![error(&object)]).await;
    let message = "getSignatureStatuses: Transaction history is not available from this node \
                   (error -32011 of the node); use a node that keeps the history of transactions";
    assert_eq!(
        server.cluster.statuses(&[], Lookup::Recent).await,
        rejected(message)
    );
}

/// What is too much elsewhere cannot be asked for in smaller parts.
#[tokio::test]
async fn only_listings_are_too_large() {
    let object = json!({ "code": -32602, "message": "Too many accounts provided; max 3" });
    let server = Server::start(vec![error(&object)]).await;
    let message =
        "simulateTransaction: Too many accounts provided; max 3 (error -32602 of the node)";
    assert_eq!(
        server.cluster.simulate(&transaction(), &[]).await,
        rejected(message)
    );
}

#[tokio::test]
async fn errors_that_are_no_objects() {
    for (object, said) in [
        (json!("Unauthorized"), "\"Unauthorized\""),
        (json!({ "message": 7 }), "{\"message\":7}"),
        (json!([]), "[]"),
    ] {
        let message = format!("getProgramAccounts: {said} (error 0 of the node)");
        assert_eq!(Err(listed(error(&object)).await), rejected::<()>(&message));
    }
}

#[tokio::test]
async fn a_failed_preflight() {
    let object = json!({
        "code": -32002,
        "message": "Transaction simulation failed: Blockhash not found",
        "data": { "err": "BlockhashNotFound", "logs": ["a", "b"], "accounts": null, "unitsConsumed": 0 },
    });
    let preflight = ClusterError::Preflight {
        error: TransactionError::BlockhashNotFound,
        logs: vec!["a".to_owned(), "b".to_owned()],
    };
    assert_eq!(sent(error(&object)).await, Err(preflight));
}

#[tokio::test]
async fn a_failed_preflight_that_does_not_say_why() {
    for data in [
        Value::Null,
        json!({ "err": null }),
        json!({ "err": "NewError" }),
        json!(7),
    ] {
        let object = json!({ "code": -32002, "message": "no", "data": data });
        let message = "sendTransaction: no (error -32002 of the node)";
        assert_eq!(sent(error(&object)).await, rejected(message));
    }
}

#[tokio::test]
async fn a_transaction_that_landed_already() {
    let agave = json!({
        "code": -32002,
        "message": "Transaction simulation failed: This transaction has already been processed",
        "data": { "err": "AlreadyProcessed", "logs": [] },
    });
    let surfpool = json!({
        "code": -32002,
        "message": "Transaction verification failed for transaction Internal error: \
                    \"Transaction error: This transaction has already been processed\"",
        "data": null,
    });
    for object in [agave, surfpool] {
        assert_eq!(sent(error(&object)).await, Ok(()));
    }
}

#[tokio::test]
async fn no_node() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/?api-key=secret", listener.local_addr().unwrap());
    drop(listener);
    let cluster = RpcCluster::new(&url, TIMEOUT).unwrap();
    let message = "getGenesisHash: 127.0.0.1: cannot connect; check the node's URL and that the node runs \
                   (Connection refused (os error 111))";
    assert_eq!(cluster.genesis_hash().await, transient(message, None));
}

/// The clock jumps to the timeout when there is nothing else to do.
#[tokio::test(start_paused = true)]
async fn a_node_that_does_not_answer() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/?api-key=secret", listener.local_addr().unwrap());
    let cluster = RpcCluster::new(&url, TIMEOUT).unwrap();
    let message = "getGenesisHash: 127.0.0.1: no answer in time (operation timed out)";
    assert_eq!(cluster.genesis_hash().await, transient(message, None));
}

#[test]
fn urls() {
    for (url, why) in [
        ("", "relative URL without a base"),
        ("localhost", "relative URL without a base"),
        ("http://", "empty host"),
        ("ws://localhost:8900", "neither http nor https"),
        ("file:///dev/null", "neither http nor https"),
    ] {
        let message = format!(
            "the node's URL cannot be used ({why}); write one such as https://api.devnet.solana.com"
        );
        let rejected = RpcCluster::new(url, TIMEOUT).err().unwrap();
        assert_eq!(rejected.to_string(), message, "{url}");
    }
}
