use {
    super::{
        memory::{Memory, late, later},
        *,
    },
    futures::future::{join, join_all},
    solana_message::VersionedMessage,
    solana_transaction_error::TransactionError,
    tokio::time::sleep,
};

fn limits(calls_per_second: u32, attempts: usize) -> Limits {
    Limits {
        calls_per_second,
        sends_per_second: 0,
        attempts,
        jitter_seed: 1,
    }
}

/// A cluster and a client of it.
fn client(limits: Limits) -> (Memory, Client<Memory>) {
    let memory = Memory::new(Vec::new());
    (memory.clone(), Client::new(memory, limits))
}

#[tokio::test(start_paused = true)]
async fn calls_are_evenly_spaced() {
    let (memory, client) = client(limits(10, 1));
    for _ in 0..5 {
        client.genesis_hash().await.unwrap();
    }
    assert_eq!(memory.times(), [0, 100, 200, 300, 400]);
}

#[tokio::test(start_paused = true)]
async fn calls_at_once_wait_for_each_other() {
    let (memory, client) = client(limits(10, 1));
    join_all((0..5).map(|_| client.genesis_hash())).await;
    assert_eq!(memory.times(), [0, 100, 200, 300, 400]);
}

#[tokio::test(start_paused = true)]
async fn a_tenth_of_a_second_may_come_at_once() {
    let (memory, client) = client(limits(30, 1));
    for _ in 0..8 {
        client.genesis_hash().await.unwrap();
    }
    // Every 33 1/3 ms; the timer's millisecond is the next one.
    assert_eq!(memory.times(), [0, 0, 0, 34, 67, 100, 134, 167]);
}

#[tokio::test(start_paused = true)]
async fn no_limit() {
    let (memory, client) = client(limits(0, 1));
    for _ in 0..1_000 {
        client.genesis_hash().await.unwrap();
    }
    assert_eq!(memory.times(), vec![0; 1_000]);
}

#[tokio::test(start_paused = true)]
async fn what_may_succeed_later_is_repeated() {
    let mut runs = Vec::new();
    for seed in [1, 1, 2] {
        let (memory, client) = client(Limits {
            jitter_seed: seed,
            ..limits(0, 8)
        });
        memory.fail(vec![late(); 7]);
        assert_eq!(client.rent_exempt_minimum(5).await, Ok(5));
        let times = memory.times();
        let shortest = [250, 500, 1_000, 2_000, 4_000, 8_000, 8_000];
        assert_eq!(times.len(), 8);
        for (times, shortest) in times.windows(2).zip(shortest) {
            let wait = times[1] - times[0];
            assert!(
                (shortest..=2 * shortest).contains(&wait),
                "{wait} ms, {shortest}"
            );
        }
        runs.push(times);
    }
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0], runs[2]);
}

#[tokio::test(start_paused = true)]
async fn attempts_are_limited() {
    for (attempts, calls) in [(0, 1), (1, 1), (3, 3)] {
        let (memory, client) = client(limits(0, attempts));
        memory.fail(vec![late(); 9]);
        assert_eq!(client.genesis_hash().await, Err(late()));
        assert_eq!(memory.calls().len(), calls);
        let counted = u64::try_from(calls).unwrap();
        assert_eq!(
            client.calls(),
            BTreeMap::from([("getGenesisHash", counted)])
        );
    }
}

#[tokio::test(start_paused = true)]
async fn repetitions_keep_to_the_rate() {
    let (memory, client) = client(limits(1, 3));
    memory.fail(vec![late(); 2]);
    client.genesis_hash().await.unwrap();
    client.genesis_hash().await.unwrap();
    assert_eq!(memory.times(), [0, 1_000, 2_000, 3_000]);
}

#[tokio::test(start_paused = true)]
async fn other_errors_are_final() {
    for error in [
        ClusterError::TooLarge("large".to_owned()),
        ClusterError::Unsupported("unknown".to_owned()),
        ClusterError::Rejected("no".to_owned()),
        ClusterError::Preflight {
            error: TransactionError::AccountNotFound,
            logs: Vec::new(),
        },
    ] {
        let (memory, client) = client(limits(0, 5));
        memory.fail([error.clone()]);
        assert_eq!(client.genesis_hash().await, Err(error));
        assert_eq!(memory.times(), [0]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_node_that_asks_for_time_gets_it() {
    for (seconds, wait) in [(7, 7_000), (60, 60_000), (3_600, 60_000)] {
        let (memory, client) = client(limits(0, 2));
        memory.fail([later(Some(seconds))]);
        client.genesis_hash().await.unwrap();
        assert_eq!(memory.times(), [0, wait]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_node_that_asks_for_little_time_gets_more() {
    let (memory, client) = client(limits(0, 2));
    memory.fail([later(Some(0))]);
    client.genesis_hash().await.unwrap();
    assert!(memory.times()[1] >= 250, "{:?}", memory.times());
}

#[tokio::test(start_paused = true)]
async fn no_call_disturbs_a_node_that_asked_for_time() {
    let (memory, client) = client(limits(0, 2));
    memory.fail([later(Some(7))]);
    let another = async {
        sleep(Duration::from_secs(1)).await;
        client.genesis_hash().await
    };
    let (first, second) = join(client.genesis_hash(), another).await;
    first.and(second).unwrap();
    assert_eq!(memory.times(), [0, 7_000, 7_000]);
}

#[tokio::test(start_paused = true)]
async fn a_shorter_pause_does_not_end_a_longer_one() {
    let mut memory = Memory::new(Vec::new());
    memory.latency = Duration::from_secs(2);
    let client = Client::new(memory.clone(), limits(0, 1));
    memory.fail([later(Some(9)), later(Some(1))]);
    let answers = join(client.genesis_hash(), client.genesis_hash()).await;
    assert_eq!(answers, (Err(later(Some(9))), Err(later(Some(1)))));
    client.genesis_hash().await.unwrap();
    assert_eq!(memory.times(), [0, 0, 11_000]);
}

fn transaction() -> VersionedTransaction {
    VersionedTransaction {
        signatures: Vec::new(),
        message: VersionedMessage::default(),
    }
}

#[tokio::test(start_paused = true)]
async fn a_send_is_not_repeated() {
    let (memory, client) = client(limits(0, 5));
    memory.fail([later(Some(2))]);
    assert_eq!(client.send(&transaction()).await, Err(later(Some(2))));
    assert_eq!(memory.times(), [0]);
    assert_eq!(client.send(&transaction()).await, Ok(()));
    assert_eq!(memory.times(), [0, 2_000]);
    assert_eq!(client.calls(), BTreeMap::from([("sendTransaction", 2)]));
}

/// It would be old by then.
#[tokio::test(start_paused = true)]
async fn a_send_does_not_wait_long() {
    let (memory, client) = client(limits(0, 5));
    memory.fail([later(Some(7))]);
    assert_eq!(client.most_sends(), usize::MAX);
    assert_eq!(client.send(&transaction()).await, Err(later(Some(7))));
    let rejected = ClusterError::Transient {
        message: "it was not sent: the node takes none for 7 s".to_owned(),
        retry_after: None,
    };
    assert_eq!(client.send(&transaction()).await, Err(rejected));
    assert_eq!((client.most_sends(), memory.times()), (0, vec![0]));
    sleep(Duration::from_secs(5)).await;
    assert_eq!(client.most_sends(), usize::MAX);
    assert_eq!(client.send(&transaction()).await, Ok(()));
    assert_eq!(memory.times(), [0, 7_000]);
}

#[tokio::test(start_paused = true)]
async fn the_lower_rate_limits_what_is_signed() {
    for (calls, sends, most) in [
        (0, 0, usize::MAX),
        (10, 0, 20),
        (10, 1, 2),
        (0, 3, 6),
        (2, 9, 4),
    ] {
        let (_, client) = client(Limits {
            sends_per_second: sends,
            ..limits(calls, 1)
        });
        assert_eq!(client.most_sends(), most, "{calls} {sends}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_node_that_takes_no_more_is_asked_everything_else() {
    let (memory, client) = client(limits(0, 1));
    memory.fail([later(Some(2))]);
    assert_eq!(client.send(&transaction()).await, Err(later(Some(2))));
    client.genesis_hash().await.unwrap();
    client.send(&transaction()).await.unwrap();
    assert_eq!(memory.times(), [0, 0, 2_000]);
}

#[tokio::test(start_paused = true)]
async fn sends_keep_to_both_rates() {
    let (memory, client) = client(Limits {
        sends_per_second: 2,
        ..limits(10, 1)
    });
    for _ in 0..3 {
        client.send(&transaction()).await.unwrap();
        client.genesis_hash().await.unwrap();
    }
    assert_eq!(memory.times(), [0, 100, 500, 600, 1_000, 1_100]);
}

/// Each question is passed on as it is, repeated, and counted under the method that answers it.
#[tokio::test(start_paused = true)]
async fn every_question() {
    let (mut memory, _) = client(limits(0, 2));
    memory.has_pages = true;
    memory.fees = vec![3];
    let client = Client::new(memory.clone(), limits(0, 2));
    let query = Query {
        program_id: Pubkey::default(),
        discriminator: vec![1],
        data_len: None,
        partition: None,
        commitment: Commitment::Confirmed,
    };
    let key = Pubkey::default();
    let signature = Signature::default();
    let confirmed = Commitment::Confirmed;
    macro_rules! both {
        ($method:literal, $question:ident($($argument:expr),*)) => {
            memory.fail([late()]);
            let answer = client.$question($($argument),*).await;
            assert_eq!(answer, memory.$question($($argument),*).await, $method);
            assert!(answer.is_ok(), $method);
            assert_eq!(client.calls().remove($method), Some(2), $method);
        };
    }
    both!("getGenesisHash", genesis_hash());
    both!("getEpochInfo", height(confirmed));
    both!("getLatestBlockhash", latest_blockhash());
    both!("getMinimumBalanceForRentExemption", rent_exempt_minimum(3));
    both!("getProgramAccounts", program_accounts(&query));
    both!(
        "getProgramAccountsV2",
        program_accounts_page(&query, Some("0"), 3)
    );
    both!("getMultipleAccounts", accounts(&[key], confirmed, 3));
    both!("getAccountInfo", account_start(&key, 3, confirmed));
    both!("simulateTransaction", simulate(&transaction(), &[key]));
    both!(
        "getSignatureStatuses",
        statuses(&[signature], Lookup::Recent)
    );
    both!(
        "getRecentPrioritizationFees",
        recent_prioritization_fees(&[key])
    );
    both!("getSignaturesForAddress", signatures_of(&key, 3));
    both!("getTransaction", transaction(&signature));
    assert_eq!(client.calls().len(), 13);
}
