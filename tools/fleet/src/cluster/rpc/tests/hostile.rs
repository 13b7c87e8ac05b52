//! Answers that no node should give.

use {
    super::{
        server::{self, Server, http},
        *,
    },
    crate::cluster::{Cluster, Lookup},
    futures::{FutureExt, future::BoxFuture},
    proptest::{prelude::*, sample::Index},
    tokio::runtime,
};

async fn genesis(reply: Vec<u8>) -> Answer<Hash> {
    let server = Server::start(vec![reply]).await;
    let answer = server.cluster.genesis_hash().await;
    server.requests().await;
    answer
}

#[tokio::test]
async fn a_body_that_breaks_off() {
    let mut reply = server::result(&json!(Hash::default().to_string()));
    reply.pop();
    let message = "getGenesisHash: 127.0.0.1: the connection broke \
                   (end of file before message length reached)";
    assert_eq!(genesis(reply).await, transient(message, None));
}

#[tokio::test]
async fn no_reply_at_all() {
    let message = "getGenesisHash: 127.0.0.1: the connection broke (connection closed before message completed)";
    assert_eq!(genesis(Vec::new()).await, transient(message, None));
}

#[tokio::test]
async fn no_json() {
    for (body, what) in [
        ("", "EOF while parsing a value at line 1 column 0): "),
        ("<html>", "expected value at line 1 column 1): <html>"),
        (
            "{\"result\":\"1",
            "EOF while parsing a string at line 1 column 12): {\"result\":\"1",
        ),
        (
            "{\"result\":1}}",
            "trailing characters at line 1 column 13): {\"result\":1}}",
        ),
    ] {
        let message = format!("getGenesisHash: 127.0.0.1 answers no JSON ({what}");
        let reply = http("200 OK", "", body.as_bytes());
        assert_eq!(genesis(reply).await, transient(&message, None));
    }
}

#[tokio::test]
async fn only_the_beginning_of_a_page_is_shown() {
    let body = format!("<{}", "é".repeat(10_000));
    let message = format!(
        "getGenesisHash: 127.0.0.1 answers no JSON (expected value at line 1 column 1): <{}",
        "é".repeat(199)
    );
    let reply = http("200 OK", "", body.as_bytes());
    assert_eq!(genesis(reply).await, transient(&message, None));
}

#[tokio::test]
async fn json_of_another_shape() {
    for (body, what) in [
        (
            "[]",
            "invalid length 1, expected a JSON-RPC answer at line 1 column 2",
        ),
        (
            "7",
            "invalid type: integer `7`, expected a JSON-RPC answer at line 1 column 1",
        ),
        (
            "{\"result\":7}",
            "invalid type: integer `7`, expected a string at line 1 column 11",
        ),
        (
            "{\"result\":\"7\"}",
            "string decoded to wrong size for hash at line 1 column 14",
        ),
        (
            "{\"result\":null}",
            "invalid type: null, expected a string at line 1 column 14",
        ),
    ] {
        let message = format!(
            "getGenesisHash: not what a Solana node answers ({what}); check the node's URL"
        );
        let reply = http("200 OK", "", body.as_bytes());
        assert_eq!(genesis(reply).await, rejected(&message));
    }
    let reply = http("200 OK", "", b"{\"jsonrpc\":\"2.0\",\"id\":1}");
    let message = "getGenesisHash: the node's answer lacks a result; use another node";
    assert_eq!(genesis(reply).await, rejected(message));
}

#[tokio::test]
async fn an_answer_without_end() {
    let mut reply = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"result\":\"".to_vec();
    reply.resize(reply.len() + (64 << 20), b'1');
    let message = "getGenesisHash: the answer is larger than 67108864 bytes";
    assert_eq!(
        genesis(reply).await,
        Err(ClusterError::TooLarge(message.to_owned()))
    );
}

#[tokio::test]
async fn a_compressed_answer() {
    // {"result":"11111111111111111111111111111111"} by gzip.
    const BODY: [u8; 35] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 42, 74, 45, 46, 205, 41, 81, 178, 82, 50, 36, 0,
        148, 106, 1, 194, 137, 209, 108, 45, 0, 0, 0,
    ];
    let reply = http("200 OK", "Content-Encoding: gzip\r\n", &BODY);
    assert_eq!(genesis(reply).await, Ok(Hash::default()));
}

#[tokio::test]
async fn too_few_and_too_many_values() {
    for values in [json!([]), json!([null, null])] {
        let count = values.as_array().unwrap().len();
        let answer = server::result(&json!({ "context": { "slot": 9 }, "value": values }));
        let server = Server::start(vec![answer.clone(), answer]).await;
        let message = |method| {
            format!("{method}: 1 values were asked for, the node answers {count}; use another node")
        };
        assert_eq!(
            server
                .cluster
                .accounts(&[key(5)], Commitment::Confirmed, 0)
                .await,
            rejected(&message("getMultipleAccounts"))
        );
        assert_eq!(
            server
                .cluster
                .statuses(&[Signature::default()], Lookup::Ledger)
                .await,
            rejected(&message("getSignatureStatuses"))
        );
    }
}

#[tokio::test]
async fn data_in_an_encoding_that_was_not_asked_for() {
    let mut account = account_in_json();
    account["data"] = json!({ "program": "spl-token", "parsed": {}, "space": 3 });
    let one = json!({ "context": { "slot": 9 }, "value": [account] });
    let listed = json!([{ "pubkey": key(5).to_string(), "account": account }]);
    let listed = json!({ "context": { "slot": 9 }, "value": listed });
    let server = Server::start(vec![server::result(&one), server::result(&listed)]).await;
    assert_eq!(
        server
            .cluster
            .accounts(&[key(5)], Commitment::Confirmed, 0)
            .await,
        rejected(
            "getMultipleAccounts: the node's answer lacks account data in base64; use another node"
        )
    );
    let listed = server
        .cluster
        .program_accounts(&query())
        .await
        .unwrap_err()
        .to_string();
    let message =
        "getProgramAccounts: not what a Solana node answers (account data is not in base64 at ";
    assert!(listed.starts_with(message), "{listed}");
}

type Ask = for<'a> fn(&'a RpcCluster) -> BoxFuture<'a, Result<(), ClusterError>>;

/// A question with an answer that fits.
type Question = (Ask, Value);

fn questions() -> Vec<Question> {
    [
        chain_questions(),
        account_questions(),
        transaction_questions(),
    ]
    .concat()
}

fn at(value: Value) -> Value {
    json!({ "context": { "slot": 9 }, "value": value })
}

fn chain_questions() -> Vec<Question> {
    let hash = Hash::default().to_string();
    vec![
        (|c| c.genesis_hash().map(drop_value).boxed(), json!(hash)),
        (
            |c| c.height(Commitment::Confirmed).map(drop_value).boxed(),
            json!({ "absoluteSlot": 2, "blockHeight": 1 }),
        ),
        (
            |c| c.latest_blockhash().map(drop_value).boxed(),
            at(json!({ "blockhash": hash, "lastValidBlockHeight": 3 })),
        ),
        (
            |c| c.rent_exempt_minimum(1).map(drop_value).boxed(),
            json!(1),
        ),
    ]
}

fn account_questions() -> Vec<Question> {
    let keyed = json!([{ "pubkey": key(5).to_string(), "account": account_in_json() }]);
    vec![
        (
            |c| async { c.program_accounts(&query()).await.map(drop) }.boxed(),
            at(keyed.clone()),
        ),
        (
            |c| async { c.program_accounts_page(&query(), None, 1).await.map(drop) }.boxed(),
            at(json!({ "accounts": keyed, "paginationKey": "x" })),
        ),
        (
            |c| {
                async {
                    c.accounts(&[key(5)], Commitment::Confirmed, 0)
                        .await
                        .map(drop)
                }
                .boxed()
            },
            at(json!([account_in_json()])),
        ),
        (
            |c| {
                async {
                    c.account_start(&key(5), 2, Commitment::Confirmed)
                        .await
                        .map(drop)
                }
                .boxed()
            },
            at(account_in_json()),
        ),
    ]
}

fn transaction_questions() -> Vec<Question> {
    let status = json!({
        "slot": 1,
        "confirmations": null,
        "err": null,
        "status": { "Ok": null },
        "confirmationStatus": "finalized",
    });
    let landed = json!({
        "slot": 430,
        "transaction": { "message": { "accountKeys": [key(1).to_string()] } },
        "meta": { "err": null, "fee": 5_000, "preBalances": [1], "postBalances": [2] },
    });
    let signature = Signature::default().to_string();
    vec![
        (
            |c| async { c.simulate(&transaction(), &[key(5)]).await.map(drop) }.boxed(),
            at(json!({ "err": null, "logs": [], "accounts": [null], "unitsConsumed": 5 })),
        ),
        (
            |c| async { c.send(&transaction()).await }.boxed(),
            json!(signature),
        ),
        (
            |c| {
                async {
                    c.statuses(&[Signature::default()], Lookup::Ledger)
                        .await
                        .map(drop)
                }
                .boxed()
            },
            at(json!([status])),
        ),
        (
            |c| async { c.recent_prioritization_fees(&[]).await.map(drop) }.boxed(),
            json!([{ "slot": 1, "prioritizationFee": 2 }]),
        ),
        (
            |c| async { c.signatures_of(&key(5), 0).await.map(drop) }.boxed(),
            json!([{ "signature": signature, "slot": 1 }]),
        ),
        (
            |c| async { c.transaction(&Signature::default()).await.map(drop) }.boxed(),
            landed,
        ),
    ]
}

fn drop_value<T>(answer: Answer<T>) -> Answer<()> {
    answer.map(drop)
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    runtime.unwrap().block_on(future)
}

/// The questions' answers fit: what the properties below damage is not damaged before.
#[test]
fn fitting_answers() {
    block_on(async {
        for (ask, result) in questions() {
            let server = Server::start(vec![server::result(&result)]).await;
            assert_eq!(ask(&server.cluster).await, Ok(()), "{result}");
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_answer_is_an_answer_or_an_error(
        question: Index,
        damage in prop::collection::vec((any::<Index>(), any::<u8>()), 1..4),
        kept: Index,
        truncates: bool,
    ) {
        let questions = questions();
        let (ask, result) = question.get(&questions);
        let mut body = json!({ "jsonrpc": "2.0", "id": 1, "result": result }).to_string().into_bytes();
        for (place, byte) in damage {
            *place.get_mut(&mut body) = byte;
        }
        if truncates {
            body.truncate(kept.index(body.len()));
        }
        block_on(async {
            let server = Server::start(vec![http("200 OK", "", &body)]).await;
            if let Err(error) = ask(&server.cluster).await {
                let is_expected = matches!(error, ClusterError::Transient { .. } | ClusterError::Rejected(_));
                assert!(is_expected, "{error:?}");
                assert!(!error.to_string().contains("secret"), "{error}");
            }
        });
    }

    #[test]
    fn a_part_of_an_answer_that_has_another_type(
        question: Index,
        part: Index,
        other in prop::sample::select(vec![
            Value::Null, json!(true), json!(-1), json!(1.5), json!(u64::MAX), json!(""), json!("x"),
            json!([]), json!([[]]), json!({}), json!({ "a": {} }),
        ]),
    ) {
        let questions = questions();
        let (ask, result) = question.get(&questions);
        let mut result = result.clone();
        let parts = count(&result);
        *nth(&mut result, &mut part.index(parts)).unwrap() = other;
        block_on(async {
            let server = Server::start(vec![server::result(&result)]).await;
            if let Err(error) = ask(&server.cluster).await {
                let is_expected = matches!(error, ClusterError::Rejected(_));
                assert!(is_expected, "{error:?}");
            }
        });
    }
}

/// Values in a value, itself included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(values) => values.iter().map(count).sum(),
        Value::Object(values) => values.values().map(count).sum(),
        _ => 0,
    }
}

fn nth<'a>(value: &'a mut Value, left: &mut usize) -> Option<&'a mut Value> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Value::Array(values) => values.iter_mut().find_map(|value| nth(value, left)),
        Value::Object(values) => values.values_mut().find_map(|value| nth(value, left)),
        _ => None,
    }
}
