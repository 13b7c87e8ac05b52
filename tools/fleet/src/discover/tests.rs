use {
    super::*,
    crate::{
        client::{
            Limits,
            memory::{Asked, Memory, SLOT, late},
        },
        cluster::Page,
    },
    proptest::prelude::*,
    std::collections::BTreeMap,
    tokio::runtime,
};

const PROGRAM: Pubkey = Pubkey::new_from_array([1; 32]);
const DISCRIMINATOR: [u8; 8] = [7; 8];
const OFFSET: u64 = 8;

/// `fields` follow the discriminator.
fn account(number: u32, fields: &[u8]) -> (Pubkey, Account) {
    let mut address = [0; 32];
    address[..4].copy_from_slice(&number.to_le_bytes());
    let account = Account {
        lamports: u64::from(number),
        data: [&DISCRIMINATOR, fields].concat(),
        owner: PROGRAM,
        ..Account::default()
    };
    (Pubkey::new_from_array(address), account)
}

/// One for each pair of first bytes of the address field, or for every `step`th.
fn everywhere(step: usize) -> Vec<(Pubkey, Account)> {
    (0..=u16::MAX)
        .step_by(step)
        .map(|number| account(number.into(), &number.to_be_bytes()))
        .collect()
}

fn client(memory: &Memory) -> Client<Memory> {
    let limits = Limits {
        calls_per_second: 0,
        sends_per_second: 0,
        attempts: 2,
        jitter_seed: 0,
    };
    Client::new(memory.clone(), limits)
}

fn listing(client: &Client<Memory>) -> Listing<'_, Memory> {
    let discriminator = DISCRIMINATOR.to_vec();
    let finalized = Commitment::Finalized;
    Listing::new(
        client,
        PROGRAM,
        discriminator,
        None,
        Some(OFFSET),
        finalized,
    )
}

/// Every part, in the order in which they came.
async fn parts(listing: &mut Listing<'_, Memory>) -> Answer<Vec<Vec<(Pubkey, Account)>>> {
    let mut parts = Vec::new();
    while let Some(part) = listing.next().await? {
        assert_eq!(part.slot, SLOT);
        parts.push(part.value);
    }
    assert_eq!(listing.next().await, Ok(None));
    Ok(parts)
}

/// By address; one that was found twice is there twice.
fn sorted(mut accounts: Vec<(Pubkey, Account)>) -> Vec<(Pubkey, Account)> {
    accounts.sort_by_key(|(address, _)| *address);
    accounts
}

fn lens(parts: &[Vec<(Pubkey, Account)>]) -> Vec<usize> {
    parts.iter().map(Vec::len).collect()
}

/// The partitions and lengths that were asked for.
fn asked(calls: &[Asked]) -> Vec<(Vec<u8>, Option<u64>)> {
    calls
        .iter()
        .map(|call| {
            let query = call.listing.clone().unwrap();
            let prefix = query.partition.map(|(offset, prefix)| {
                assert_eq!(offset, OFFSET);
                prefix
            });
            (prefix.unwrap_or_default(), query.data_len)
        })
        .collect()
}

#[tokio::test]
async fn pages() {
    let mut memory = Memory::new(everywhere(5));
    memory.has_pages = true;
    let client = client(&memory);
    let found = parts(&mut listing(&client)).await.unwrap();
    assert_eq!(lens(&found), [5_000, 5_000, 3_108]);
    assert_eq!(found.concat(), memory.accounts);
    let query = Query {
        program_id: PROGRAM,
        discriminator: DISCRIMINATOR.to_vec(),
        data_len: None,
        partition: None,
        commitment: Commitment::Finalized,
    };
    for call in memory.calls() {
        assert_eq!(call.listing, Some(query.clone()));
        assert_eq!(call.limit, Some(5_000));
    }
}

#[tokio::test]
async fn pages_that_are_too_large() {
    let mut memory = Memory::new(everywhere(4_096));
    memory.has_pages = true;
    memory.most = 7;
    let client = client(&memory);
    let found = parts(&mut listing(&client)).await.unwrap();
    assert_eq!(lens(&found), [4, 4, 4, 4]);
    assert_eq!(found.concat(), memory.accounts);
    let limits: Vec<_> = memory
        .calls()
        .iter()
        .filter_map(|call| call.limit)
        .collect();
    let expected = [
        5_000, 2_500, 1_250, 625, 312, 156, 78, 39, 19, 9, 4, 4, 4, 4,
    ];
    assert_eq!(limits, expected);
}

#[tokio::test]
async fn a_page_of_one_account_that_is_too_large() {
    let mut memory = Memory::new(everywhere(4_096));
    memory.has_pages = true;
    memory.most = 0;
    let client = client(&memory);
    let error = ClusterError::TooLarge("1 accounts".to_owned());
    assert_eq!(listing(&client).next().await, Err(error));
}

#[tokio::test(start_paused = true)]
async fn a_page_that_fails_is_asked_for_again() {
    let mut memory = Memory::new(everywhere(5));
    memory.has_pages = true;
    let client = client(&memory);
    let mut listing = listing(&client);
    let first = listing.next().await.unwrap().unwrap().value;
    memory.fail([late(), late()]);
    assert_eq!(listing.next().await, Err(late()));
    let rest = parts(&mut listing).await.unwrap();
    assert_eq!([first, rest.concat()].concat(), memory.accounts);
}

#[tokio::test]
async fn a_node_that_does_not_turn_the_page() {
    let memory = Memory::new(Vec::new());
    let client = client(&memory);
    let mut listing = listing(&client);
    let page = |next: Option<&str>| Page {
        slot: SLOT,
        accounts: Vec::new(),
        next: next.map(str::to_owned),
    };
    assert_eq!(
        listing.turn(None, page(Some("a")), 5).map(|at| at.value),
        Ok(Vec::new())
    );
    let again = listing.turn(Some("a".to_owned()), page(Some("a")), 5);
    let message = "the node answers the same page again; use another node";
    assert_eq!(again, Err(ClusterError::Rejected(message.to_owned())));
}

#[tokio::test]
async fn few_accounts_are_one_part() {
    let mut accounts = everywhere(4_096);
    accounts.push(account(1 << 20, &[PROBE, 0]));
    let memory = Memory::new(accounts);
    let client = client(&memory);
    let mut listing = listing(&client);
    // One account of 10 bytes in the probe.
    listing.part_bytes = 256 * (OVERHEAD + 12);
    let found = parts(&mut listing).await.unwrap();
    assert_eq!(found.concat(), memory.accounts);
    assert_eq!(found.len(), 1);
    let all = (Vec::new(), None);
    let expected = [all.clone(), (vec![PROBE], None), all];
    assert_eq!(asked(&memory.calls()), expected);
}

#[tokio::test]
async fn one_byte_more_is_a_part_for_each_byte() {
    let memory = Memory::new(vec![account(1, &[PROBE, 0])]);
    let client = client(&memory);
    let mut listing = listing(&client);
    listing.part_bytes = 256 * (OVERHEAD + 12) - 1;
    let found = parts(&mut listing).await.unwrap();
    assert_eq!(found.len(), 256 + 1);
    assert_eq!(found.concat(), memory.accounts);
}

#[tokio::test]
async fn many_accounts_are_a_part_for_each_byte() {
    let mut accounts = everywhere(1);
    accounts.push(account(1 << 20, &[]));
    let memory = Memory::new(accounts);
    let client = client(&memory);
    let mut listing = listing(&client);
    // 256 accounts of 10 bytes in the probe.
    listing.part_bytes = 256 * (OVERHEAD + 12);
    let found = parts(&mut listing).await.unwrap();
    assert_eq!(lens(&found), [vec![256; 256], vec![1]].concat());
    assert_eq!(sorted(found.concat()), sorted(memory.accounts.clone()));

    let mut expected = vec![(Vec::new(), None), (vec![PROBE], None)];
    expected.extend((0..=255).map(|byte| (vec![byte], None)));
    expected.push((Vec::new(), Some(8)));
    assert_eq!(asked(&memory.calls()), expected);
}

#[tokio::test]
async fn very_many_accounts_are_a_part_for_each_two_bytes() {
    let mut accounts = everywhere(4_096);
    let more: [&[u8]; 4] = [&[], &[0], &[PROBE], &[PROBE, 1]];
    accounts.extend(
        (1 << 20..)
            .zip(more)
            .map(|(number, fields)| account(number, fields)),
    );
    let memory = Memory::new(accounts);
    let client = client(&memory);
    let mut listing = listing(&client);
    // The probe has two accounts, of 10 and 9 bytes.
    listing.part_bytes = 2 * (OVERHEAD + 12) - 1;
    let found = parts(&mut listing).await.unwrap();
    assert_eq!(found.len(), 65_536 + 256 + 1);
    assert!(found.iter().all(|part| part.len() <= 1));
    assert_eq!(sorted(found.concat()), sorted(memory.accounts.clone()));
    assert_eq!(memory.calls().len(), 1 + 1 + found.len());
}

#[tokio::test]
async fn a_partition_that_is_too_large_is_split() {
    let mut accounts = everywhere(4_096);
    accounts.extend((0..9).map(|number| account((1 << 20) + number, &[3, 5, 0, number as u8])));
    accounts.extend((0..3).map(|number| account((2 << 20) + number, &[3])));
    let mut memory = Memory::new(accounts);
    memory.most = 8;
    let client = client(&memory);
    let found = parts(&mut listing(&client)).await.unwrap();
    assert_eq!(sorted(found.concat()), sorted(memory.accounts.clone()));
    // Everything, 3, 3 5, and 3 5 0 are too large; each is 256 parts and one of those that end there.
    assert_eq!(found.len(), 4 * 256 + 1);
    let asked = asked(&memory.calls());
    for split in [vec![], vec![3], vec![3, 5], vec![3, 5, 0]] {
        let ends_at = OFFSET + split.len() as u64;
        assert!(asked.contains(&(split, Some(ends_at))));
    }
}

/// No second byte follows the first, though partitions of two bytes are asked for.
#[tokio::test]
async fn a_fixed_length_that_ends_within_the_prefix() {
    let memory = Memory::new(vec![account(1, &[PROBE]), account(2, &[0])]);
    let client = client(&memory);
    let mut listing = listing(&client);
    listing.query.data_len = Some(OFFSET + 1);
    listing.part_bytes = 0;
    let found = parts(&mut listing).await.unwrap();
    assert_eq!(sorted(found.concat()), memory.accounts);
}

#[tokio::test(start_paused = true)]
async fn a_partition_that_takes_too_long_is_split() {
    let mut memory = Memory::new(everywhere(64));
    memory.most_in_time = 3;
    let client = client(&memory);
    let found = parts(&mut listing(&client)).await.unwrap();
    assert_eq!(sorted(found.concat()), sorted(memory.accounts.clone()));
    assert!(found.iter().all(|part| part.len() <= 3));
}

#[tokio::test(start_paused = true)]
async fn a_node_that_never_answers_in_time() {
    let mut memory = Memory::new(
        (0..5)
            .map(|number| account(number, &[0, 0, number as u8]))
            .collect(),
    );
    memory.most_in_time = 4;
    let client = client(&memory);
    let mut listing = listing(&client);
    assert_eq!(parts(&mut listing).await, Err(late()));
    // The page; the probe; each prefix twice, for the client tries twice.
    let prefixes = [
        vec![],
        vec![PROBE],
        vec![],
        vec![],
        vec![0],
        vec![0],
        vec![0, 0],
        vec![0, 0],
    ];
    let expected: Vec<_> = prefixes.into_iter().map(|prefix| (prefix, None)).collect();
    assert_eq!(asked(&memory.calls()), expected);
}

#[tokio::test(start_paused = true)]
async fn a_node_that_does_not_answer_at_all() {
    let memory = Memory::new(Vec::new());
    memory.fail([late(), late()]);
    let client = client(&memory);
    assert_eq!(listing(&client).next().await, Err(late()));
    assert_eq!(memory.calls().len(), 2);
}

#[tokio::test]
async fn a_node_that_rejects_pages_is_asked_for_partitions() {
    let memory = Memory::new(everywhere(4_096));
    memory.fail([ClusterError::Rejected("method not allowed".to_owned())]);
    let client = client(&memory);
    let found = parts(&mut listing(&client)).await.unwrap();
    assert_eq!(found.concat(), memory.accounts);
    assert_eq!(found.len(), 1);
}

#[tokio::test]
async fn a_node_that_rejects_the_probe() {
    let memory = Memory::new(everywhere(4_096));
    let rejected = ClusterError::Rejected("no".to_owned());
    memory.fail([rejected.clone(), rejected.clone()]);
    let client = client(&memory);
    assert_eq!(listing(&client).next().await, Err(rejected));
}

#[tokio::test(start_paused = true)]
async fn a_part_that_fails_is_asked_for_again() {
    let mut memory = Memory::new(everywhere(64));
    memory.most = 10;
    let client = client(&memory);
    let mut listing = listing(&client);
    let first = listing.next().await.unwrap().unwrap().value;
    let rejected = ClusterError::Rejected("no".to_owned());
    memory.fail([rejected.clone()]);
    assert_eq!(listing.next().await, Err(rejected));
    let rest = parts(&mut listing).await.unwrap();
    assert_eq!(
        sorted([first, rest.concat()].concat()),
        sorted(memory.accounts.clone())
    );
}

#[tokio::test]
async fn without_an_address_all_is_one_part() {
    let mut memory = Memory::new(everywhere(4_096));
    let finalized = Commitment::Finalized;
    for offset in [None, Some(FURTHEST_OFFSET + 1)] {
        let client = client(&memory);
        let discriminator = DISCRIMINATOR.to_vec();
        let mut listing = Listing::new(&client, PROGRAM, discriminator, None, offset, finalized);
        assert_eq!(parts(&mut listing).await, Ok(vec![memory.accounts.clone()]));
    }
    memory.most = 15;
    let client = client(&memory);
    let discriminator = DISCRIMINATOR.to_vec();
    let mut listing = Listing::new(&client, PROGRAM, discriminator, None, None, finalized);
    let error = ClusterError::TooLarge("16 accounts".to_owned());
    assert_eq!(parts(&mut listing).await, Err(error));
}

#[tokio::test]
async fn accounts_that_no_byte_tells_apart() {
    let same = (0..5).map(|number| account(number, &[6; 150])).collect();
    let mut memory = Memory::new(same);
    memory.most = 4;
    let client = client(&memory);
    let error = ClusterError::TooLarge("5 accounts".to_owned());
    assert_eq!(parts(&mut listing(&client)).await, Err(error));
    let longest = asked(&memory.calls())
        .iter()
        .map(|(prefix, _)| prefix.len())
        .max();
    assert_eq!(longest, Some(LONGEST_PREFIX));
}

/// Accounts whose fields collide often, of every length from none to past the first bytes of the address.
fn fleet() -> impl Strategy<Value = Vec<(Pubkey, Account)>> {
    let byte = prop_oneof![Just(0), Just(PROBE), Just(255), any::<u8>()];
    let fields = prop::collection::vec(prop::collection::vec(byte, 0..5), 0..30);
    fields.prop_map(|fleet| {
        let numbered = (0..).zip(fleet);
        numbered
            .map(|(number, fields)| account(number, &fields))
            .collect()
    })
}

proptest! {
    /// However large the node's answers may be, the parts are the whole: each account as the node has it,
    /// once. Or there are more accounts that no partition tells apart than one answer may have.
    #[test]
    fn the_parts_are_the_whole(
        fleet in fleet(),
        strangers in fleet(),
        most in 1..10usize,
        part_bytes in 0..100_000u64,
        data_len in prop::option::of(7..14u64),
        gap in 0..4u64,
    ) {
        let is_listed = |account: &Account| {
            data_len.is_none_or(|len| account.data.len() as u64 == len)
        };
        let expected: Vec<_> =
            fleet.iter().filter(|(_, account)| is_listed(account)).cloned().collect();
        let mut alike = BTreeMap::<_, usize>::new();
        for (_, account) in &expected {
            let compared = account.data.get((OFFSET + gap) as usize..);
            *alike.entry((account.data.len(), compared)).or_default() += 1;
        }
        let is_split = expected.len() > most;
        let most_alike = alike.into_values().max().unwrap_or_default();

        let strangers = strangers.into_iter().map(|(address, mut account)| {
            account.data[0] ^= 1;
            (address, account)
        });
        let runtime = runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let found = runtime.block_on(async {
            let mut memory = Memory::new(fleet.iter().cloned().chain(strangers).collect());
            memory.most = most;
            let client = client(&memory);
            let mut listing = listing(&client);
            listing.query.data_len = data_len;
            listing.address_offset = Some(OFFSET + gap);
            listing.part_bytes = part_bytes;
            parts(&mut listing).await
        });
        if is_split && most_alike > most {
            prop_assert!(matches!(found, Err(ClusterError::TooLarge(_))));
        } else {
            let found = found.unwrap();
            prop_assert!(found.iter().all(|part| part.len() <= most));
            prop_assert_eq!(sorted(found.concat()), sorted(expected));
        }
    }
}
