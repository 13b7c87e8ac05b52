//! What is asked for each question, and how the answer is read.

use {
    super::{
        super::{Answer, RpcCluster},
        server::{self, Server},
        *,
    },
    crate::cluster::{
        At, Cluster, Height, Landed, LatestBlockhash, Lookup, Page, Simulation, Status,
    },
    solana_transaction_error::{TransactionError, TransactionError::InstructionError},
};

/// The request that `ask` makes, and what it makes of the result.
async fn asked<T>(
    result: Value,
    ask: impl AsyncFnOnce(&RpcCluster) -> Answer<T>,
) -> (Value, Answer<T>) {
    let server = Server::start(vec![server::result(&result)]).await;
    let answer = ask(&server.cluster).await;
    (server.requests().await.remove(0), answer)
}

fn request(method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params })
}

fn at(slot: u64, value: Value) -> Value {
    json!({ "context": { "slot": slot, "apiVersion": "4.2.2" }, "value": value })
}

#[tokio::test]
async fn genesis_hash() {
    let hash = Hash::new_from_array([7; 32]);
    let (asked, answer) = asked(json!(hash.to_string()), async |c| c.genesis_hash().await).await;
    assert_eq!(asked, request("getGenesisHash", json!([])));
    assert_eq!(answer, Ok(hash));
}

#[tokio::test]
async fn height() {
    for (commitment, name) in [
        (Commitment::Confirmed, "confirmed"),
        (Commitment::Finalized, "finalized"),
    ] {
        let info = json!({
            "absoluteSlot": 166_598,
            "blockHeight": 166_500,
            "epoch": 27,
            "slotIndex": 2_790,
            "slotsInEpoch": 8_192,
            "transactionCount": null,
        });
        let (asked, answer) = asked(info, async |c| c.height(commitment).await).await;
        assert_eq!(
            asked,
            request("getEpochInfo", json!([{ "commitment": name }]))
        );
        let progress = Height {
            slot: 166_598,
            block_height: 166_500,
        };
        assert_eq!(answer, Ok(progress));
    }
}

#[tokio::test]
async fn latest_blockhash() {
    let hash = Hash::new_from_array([7; 32]);
    let value = json!({ "blockhash": hash.to_string(), "lastValidBlockHeight": 3_090 });
    let (asked, answer) = asked(at(2_792, value), async |c| c.latest_blockhash().await).await;
    let params = json!([{ "commitment": "confirmed" }]);
    assert_eq!(asked, request("getLatestBlockhash", params));
    let latest = LatestBlockhash {
        hash,
        last_valid_block_height: 3_090,
    };
    assert_eq!(answer, Ok(latest));
}

#[tokio::test]
async fn rent_exempt_minimum() {
    let (asked, answer) = asked(json!(1_138_000), async |c| c.rent_exempt_minimum(96).await).await;
    assert_eq!(
        asked,
        request("getMinimumBalanceForRentExemption", json!([96]))
    );
    assert_eq!(answer, Ok(1_138_000));
}

#[tokio::test]
async fn program_accounts() {
    let listed = json!([{ "pubkey": key(5).to_string(), "account": account_in_json() }]);
    let (asked, answer) = asked(at(9, listed), async |c| c.program_accounts(&query()).await).await;
    let config = json!({
        "encoding": "base64",
        "commitment": "finalized",
        "withContext": true,
        "filters": [{ "memcmp": { "offset": 0, "encoding": "base58", "bytes": "2gS1Rhyhjwn" } }],
    });
    let params = json!([key(1).to_string(), config]);
    assert_eq!(asked, request("getProgramAccounts", params));
    let found = At {
        slot: 9,
        value: vec![(key(5), account())],
    };
    assert_eq!(answer, Ok(found));
}

#[tokio::test]
async fn program_accounts_of_a_length_in_a_partition() {
    let mut query = query();
    query.data_len = Some(48);
    query.partition = Some((8, vec![0xa5, 0]));
    query.commitment = Commitment::Confirmed;
    let (asked, answer) = asked(at(9, json!([])), async |c| c.program_accounts(&query).await).await;
    let filters = json!([
        { "memcmp": { "offset": 0, "encoding": "base58", "bytes": "2gS1Rhyhjwn" } },
        { "dataSize": 48 },
        { "memcmp": { "offset": 8, "encoding": "base58", "bytes": "DZH" } },
    ]);
    assert_eq!(asked["params"][1]["filters"], filters);
    assert_eq!(asked["params"][1]["commitment"], "confirmed");
    let found = At {
        slot: 9,
        value: Vec::new(),
    };
    assert_eq!(answer, Ok(found));
}

#[tokio::test]
async fn program_accounts_page() {
    let listed = json!([{ "pubkey": key(5).to_string(), "account": account_in_json() }]);
    let first = json!({ "accounts": listed, "paginationKey": "abc", "totalResults": 2 });
    let last = json!({ "accounts": [], "paginationKey": null });
    let replies = [at(9, first), at(10, last)].map(|page| server::result(&page));
    let server = Server::start(replies.to_vec()).await;

    let page = server
        .cluster
        .program_accounts_page(&query(), None, 50)
        .await;
    let first = Page {
        slot: 9,
        accounts: vec![(key(5), account())],
        next: Some("abc".to_owned()),
    };
    assert_eq!(page, Ok(first));
    let page = server
        .cluster
        .program_accounts_page(&query(), Some("abc"), 25)
        .await;
    let last = Page {
        slot: 10,
        accounts: Vec::new(),
        next: None,
    };
    assert_eq!(page, Ok(last));

    let config = json!({
        "encoding": "base64",
        "commitment": "finalized",
        "withContext": true,
        "filters": [{ "memcmp": { "offset": 0, "encoding": "base58", "bytes": "2gS1Rhyhjwn" } }],
        "limit": 50,
    });
    let mut next = config.clone();
    next["limit"] = json!(25);
    next["paginationKey"] = json!("abc");
    let asked = [config, next]
        .map(|config| request("getProgramAccountsV2", json!([key(1).to_string(), config])));
    assert_eq!(server.requests().await, asked);
}

#[tokio::test]
async fn accounts() {
    let (asked, answer) = asked(at(9, json!([account_in_json(), null])), async |c| {
        c.accounts(&[key(5), key(6)], Commitment::Finalized, 9)
            .await
    })
    .await;
    let config = json!({
        "encoding": "base64",
        "commitment": "finalized",
        "minContextSlot": 9,
    });
    let params = json!([[key(5).to_string(), key(6).to_string()], config]);
    assert_eq!(asked, request("getMultipleAccounts", params));
    let found = At {
        slot: 9,
        value: vec![Some(account()), None],
    };
    assert_eq!(answer, Ok(found));
}

#[tokio::test]
async fn accounts_that_are_older_than_asked_for() {
    let (_, answer) = asked(at(8, json!([null])), async |c| {
        c.accounts(&[key(5)], Commitment::Confirmed, 9).await
    })
    .await;
    let message = "getMultipleAccounts: the node answers for slot 8, 9 was asked for";
    assert_eq!(answer, transient(message, None));
}

#[tokio::test]
async fn account_start() {
    let ask = async |c: &RpcCluster| c.account_start(&key(5), 2, Commitment::Confirmed).await;
    // Some nodes do not slice.
    let (asked_of_node, answer) = asked(at(9, account_in_json()), ask).await;
    let config = json!({
        "encoding": "base64",
        "commitment": "confirmed",
        "dataSlice": { "offset": 0, "length": 2 },
    });
    let params = json!([key(5).to_string(), config]);
    assert_eq!(asked_of_node, request("getAccountInfo", params));
    let found = At {
        slot: 9,
        value: Some(vec![1, 2]),
    };
    assert_eq!(answer, Ok(found));

    let (_, answer) = asked(at(9, Value::Null), ask).await;
    let none = At {
        slot: 9,
        value: None,
    };
    assert_eq!(answer, Ok(none));
}

#[tokio::test]
async fn simulate() {
    let ask = async |c: &RpcCluster| c.simulate(&transaction(), &[key(5), key(6)]).await;
    let simulated = json!({
        "err": null,
        "logs": ["Program log: hello"],
        "accounts": [account_in_json(), null],
        "unitsConsumed": 8_871,
    });
    let (asked_of_node, answer) = asked(at(9, simulated), ask).await;
    let config = json!({
        "encoding": "base64",
        "commitment": "confirmed",
        "sigVerify": false,
        "replaceRecentBlockhash": true,
        "accounts": {
            "encoding": "base64",
            "addresses": [key(5).to_string(), key(6).to_string()],
        },
    });
    let params = json!([transaction_in_base64(), config]);
    assert_eq!(asked_of_node, request("simulateTransaction", params));
    let simulation = Simulation {
        slot: 9,
        error: None,
        logs: vec!["Program log: hello".to_owned()],
        compute_units: 8_871,
        accounts: vec![Some(account()), None],
    };
    assert_eq!(answer, Ok(simulation));

    let failed = json!({ "err": { "InstructionError": [2, { "Custom": 6005 }] } });
    let (_, answer) = asked(at(9, failed), ask).await;
    let custom = solana_instruction_error(6_005);
    let simulation = Simulation {
        slot: 9,
        error: Some(InstructionError(2, custom)),
        logs: Vec::new(),
        compute_units: 0,
        accounts: vec![None, None],
    };
    assert_eq!(answer, Ok(simulation));

    let without_units = json!({ "err": null, "accounts": [null, null] });
    let (_, answer) = asked(at(9, without_units), ask).await;
    let message = "simulateTransaction: the node's answer lacks `unitsConsumed`; use another node";
    assert_eq!(answer, rejected(message));

    let without_accounts = json!({ "err": null, "unitsConsumed": 1 });
    let (_, answer) = asked(at(9, without_accounts), ask).await;
    let message =
        "simulateTransaction: 2 values were asked for, the node answers 0; use another node";
    assert_eq!(answer, rejected(message));
}

fn solana_instruction_error(code: u32) -> solana_instruction::error::InstructionError {
    solana_instruction::error::InstructionError::Custom(code)
}

#[tokio::test]
async fn send() {
    let signature = json!(transaction().signatures[0].to_string());
    let (asked, answer) = asked(signature, async |c| c.send(&transaction()).await).await;
    let config = json!({
        "encoding": "base64",
        "skipPreflight": false,
        "preflightCommitment": "confirmed",
        "maxRetries": 0,
    });
    let params = json!([transaction_in_base64(), config]);
    assert_eq!(asked, request("sendTransaction", params));
    assert_eq!(answer, Ok(()));
}

#[tokio::test]
async fn statuses() {
    let signatures = [1, 2, 3, 4, 5].map(|byte| Signature::from([byte; 64]));
    let status = |slot, confirmations: Option<u8>, err: Value, name: Option<&str>| {
        let status = match &err {
            Value::Null => json!({ "Ok": null }),
            err => json!({ "Err": err }),
        };
        json!({
            "slot": slot,
            "confirmations": confirmations,
            "err": err,
            "status": status,
            "confirmationStatus": name,
        })
    };
    let value = json!([
        status(70, Some(0), Value::Null, Some("processed")),
        status(71, Some(10), json!("AccountInUse"), Some("confirmed")),
        status(72, None, Value::Null, Some("finalized")),
        null,
        status(73, None, Value::Null, None),
    ]);
    let texts = signatures.map(|signature| signature.to_string());
    let mut answers = Vec::new();
    for (lookup, is_search) in [(Lookup::Recent, false), (Lookup::Ledger, true)] {
        let (asked, answer) = asked(at(82, value.clone()), async |c| {
            c.statuses(&signatures, lookup).await
        })
        .await;
        let params = json!([texts, { "searchTransactionHistory": is_search }]);
        assert_eq!(asked, request("getSignatureStatuses", params));
        answers.push(answer);
    }
    let known = |slot, error, commitment| {
        Some(Status {
            slot,
            error,
            commitment,
        })
    };
    let statuses = At {
        slot: 82,
        value: vec![
            known(70, None, None),
            known(
                71,
                Some(TransactionError::AccountInUse),
                Some(Commitment::Confirmed),
            ),
            known(72, None, Some(Commitment::Finalized)),
            None,
            known(73, None, Some(Commitment::Finalized)),
        ],
    };
    assert_eq!(answers, [Ok(statuses.clone()), Ok(statuses)]);
}

#[tokio::test]
async fn recent_prioritization_fees() {
    let fees = json!([
        { "slot": 1, "prioritizationFee": 0 },
        { "slot": 2, "prioritizationFee": 1_000 },
    ]);
    let (asked, answer) = asked(fees, async |c| {
        c.recent_prioritization_fees(&[key(5), key(6)]).await
    })
    .await;
    let params = json!([[key(5).to_string(), key(6).to_string()]]);
    assert_eq!(asked, request("getRecentPrioritizationFees", params));
    assert_eq!(answer, Ok(vec![0, 1_000]));
}

fn signature(number: u64) -> Signature {
    let mut bytes = [9; 64];
    bytes[..8].copy_from_slice(&number.to_le_bytes());
    Signature::from(bytes)
}

fn signatures(numbers: impl IntoIterator<Item = u64>) -> Value {
    numbers
        .into_iter()
        .map(|slot| json!({ "signature": signature(slot).to_string(), "slot": slot, "err": null }))
        .collect()
}

#[tokio::test]
async fn signatures_of_in_pages() {
    let pages = [
        signatures((2_001..=3_000).rev()),
        signatures((1_990..=2_000).rev()),
    ];
    let server = Server::start(pages.iter().map(server::result).collect()).await;
    let found = server.cluster.signatures_of(&key(5), 1_995).await;
    let expected: Vec<Signature> = (1_996..=3_000).rev().map(signature).collect();
    assert_eq!(found, Ok(expected));

    let config = json!({ "commitment": "finalized", "limit": 1_000 });
    let mut next = config.clone();
    next["before"] = json!(signature(2_001).to_string());
    let asked = [config, next].map(|config| {
        request(
            "getSignaturesForAddress",
            json!([key(5).to_string(), config]),
        )
    });
    assert_eq!(server.requests().await, asked);
}

#[tokio::test]
async fn signatures_of_ends_at_the_slot() {
    let page = signatures((1..=1_000).rev());
    let (_, answer) = asked(page, async |c| c.signatures_of(&key(5), 998).await).await;
    assert_eq!(answer, Ok(vec![signature(1_000), signature(999)]));
}

#[tokio::test]
async fn signatures_of_a_node_that_does_not_page() {
    let page = server::result(&signatures((1..=1_000).rev()));
    let server = Server::start(vec![page.clone(), page]).await;
    let message = "getSignaturesForAddress: the node answers the same page again; use another node";
    assert_eq!(
        server.cluster.signatures_of(&key(5), 0).await,
        rejected(message)
    );
}

#[tokio::test]
async fn transaction_that_landed() {
    let ask = async |c: &RpcCluster| c.transaction(&signature(7)).await;
    let landed = json!({
        "slot": 430,
        "blockTime": null,
        "version": 0,
        "transaction": {
            "message": { "accountKeys": [key(1).to_string(), key(2).to_string()] },
            "signatures": [signature(7).to_string()],
        },
        "meta": {
            "err": { "InstructionError": [0, { "Custom": 1 }] },
            "fee": 5_000,
            "preBalances": [10_000, 2, 3, 4],
            "postBalances": [5_000, 2, 4, 3],
            "loadedAddresses": { "writable": [key(3).to_string()], "readonly": [key(4).to_string()] },
        },
    });
    let (asked_of_node, answer) = asked(landed.clone(), ask).await;
    let config = json!({
        "encoding": "json",
        "commitment": "finalized",
        "maxSupportedTransactionVersion": 1,
    });
    let params = json!([signature(7).to_string(), config]);
    assert_eq!(asked_of_node, request("getTransaction", params));
    let expected = Landed {
        slot: 430,
        fee: 5_000,
        error: Some(InstructionError(0, solana_instruction_error(1))),
        balances: vec![
            (key(1), 10_000, 5_000),
            (key(2), 2, 2),
            (key(3), 3, 4),
            (key(4), 4, 3),
        ],
    };
    assert_eq!(answer, Ok(Some(expected)));

    let message =
        "getTransaction: the node's answer lacks the balances of every account; use another node";
    let mut with_fewer_balances = landed.clone();
    with_fewer_balances["meta"]["postBalances"] = json!([1]);
    assert_eq!(asked(with_fewer_balances, ask).await.1, rejected(message));
    let mut without_meta = landed;
    without_meta["meta"] = Value::Null;
    assert_eq!(asked(without_meta, ask).await.1, rejected(message));
}

#[tokio::test]
async fn transaction_that_did_not_land() {
    let (_, answer) = asked(Value::Null, async |c| c.transaction(&signature(7)).await).await;
    assert_eq!(answer, Ok(None));
}
