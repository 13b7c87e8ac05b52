use {
    super::*,
    crate::{
        direction::Direction,
        transition::tests::{ONE_PAYS, address, config, migrate_all, roles, roll_back, shop},
    },
    proptest::{prelude::*, sample::select},
};

const FEES: Fees = Fees {
    compute_unit_limit: 12_345,
    micro_lamports_per_compute_unit: 6_789,
};

fn configs(count: u64) -> Vec<(Pubkey, Account)> {
    (1..=count).map(|number| config(number, 0)).collect()
}

fn items(count: u8) -> Vec<(Pubkey, Account)> {
    (10..10 + count)
        .map(|number| shop::item(number, 0))
        .collect()
}

fn bytes(transaction: &VersionedTransaction) -> usize {
    wincode::serialize(transaction).unwrap().len()
}

/// How many fit, the bytes of their transaction, and what one more says.
fn packed(
    transition: &Transition,
    roles: Roles,
    accounts: &[(Pubkey, Account)],
) -> (usize, usize, PackError) {
    let packer = Packer::new(transition, roles);
    let count = packer.count_that_fit(accounts).unwrap();
    let unsigned = |count: usize| packer.unsigned(&accounts[..count], &FEES, 0, Hash::default());
    let transaction = unsigned(count).unwrap();
    (count, bytes(&transaction), unsigned(count + 1).unwrap_err())
}

#[test]
fn as_many_accounts_as_the_bytes_allow() {
    let (many, back, shop) = (migrate_all(), roll_back(), shop::upgrade());
    let full = |count, len| (count, len, PackError::TooMany(count + 1));
    assert_eq!(packed(&many, ONE_PAYS, &configs(40)), full(28, 1_231));
    assert_eq!(packed(&many, roles(1, 2), &configs(40)), full(25, 1_228));
    assert_eq!(packed(&back, ONE_PAYS, &configs(40)), full(19, 1_196));
    assert_eq!(packed(&back, roles(1, 2), &configs(40)), full(17, 1_196));
    assert_eq!(packed(&shop, ONE_PAYS, &items(40)), full(7, 1_187));
}

#[test]
fn fewer_accounts_than_fit_are_one_transaction() {
    let transition = migrate_all();
    let packer = Packer::new(&transition, ONE_PAYS);
    assert_eq!(packer.count_that_fit(&[]), Ok(0));
    assert_eq!(packer.count_that_fit(&configs(3)), Ok(3));
}

#[test]
fn a_transaction_is_signed_by_those_who_must() {
    let keys = |authority: u8, payer: u8| Keys {
        authority: Keypair::new_from_array([authority; 32]),
        payer: Keypair::new_from_array([payer; 32]),
    };
    let blockhash = Hash::new_from_array([3; 32]);
    let signed = |transition: &Transition, accounts: &[(Pubkey, Account)], keys: Keys| {
        let packer = Packer::new(transition, keys.roles());
        let transaction = packer
            .transaction(accounts, &FEES, 7, blockhash, &keys)
            .unwrap();
        let mut unsigned = packer.unsigned(accounts, &FEES, 7, blockhash).unwrap();
        assert_eq!(packer.signatures(), transaction.signatures.len() as u64);
        assert_eq!(bytes(&unsigned), bytes(&transaction));
        unsigned.signatures.clone_from(&transaction.signatures);
        assert_eq!(transaction, unsigned);
        assert!(transaction.verify_with_results().iter().all(|it| *it));
        assert_eq!(transaction.message.recent_blockhash(), &blockhash);
        let signers = transaction.message.static_account_keys();
        let signers = signers[..transaction.signatures.len()].to_vec();
        assert_eq!(signers[0], keys.payer.pubkey());
        signers
    };
    let transition = migrate_all();
    let [one, two] = [keys(1, 1), keys(1, 2)].map(|keys| keys.roles());
    assert_eq!(signed(&transition, &configs(3), keys(1, 1)), [one.payer]);
    assert_eq!(
        signed(&transition, &configs(3), keys(1, 2)),
        [two.payer, two.authority]
    );
    let tidy = shop::MANIFEST
        .split("[fleet")
        .next()
        .unwrap()
        .replace("\"upgrade\"", "\"tidy\"");
    let idl = shop::idl(&shop::json());
    let tidy = Transition::read(&tidy, &idl, Direction::Migrate, None).unwrap();
    assert_eq!(signed(&tidy, &items(3), keys(1, 2)), [two.payer]);

    let packer = Packer::new(&transition, ONE_PAYS);
    assert_eq!(
        packer
            .transaction(&configs(3), &FEES, 7, blockhash, &keys(1, 2))
            .unwrap_err()
            .to_string(),
        format!(
            "{} must sign, and it is neither the authority nor the payer: take these keys for both roles",
            address(1)
        )
    );
}

#[test]
fn the_budget_comes_first() {
    let transition = migrate_all();
    let accounts = configs(2);
    let packer = Packer::new(&transition, ONE_PAYS);
    let transaction = packer
        .unsigned(&accounts, &FEES, 7, Hash::default())
        .unwrap();
    let mut instructions = vec![
        ComputeBudgetInstruction::set_compute_unit_limit(12_345),
        ComputeBudgetInstruction::set_compute_unit_price(6_789),
    ];
    instructions.extend(transition.instructions(&accounts, ONE_PAYS, 7).unwrap());
    let payer = &ONE_PAYS.payer;
    let message = v0::Message::try_compile(payer, &instructions, &[], Hash::default()).unwrap();
    assert_eq!(transaction.message, VersionedMessage::V0(message));
}

#[test]
fn an_account_that_fits_nowhere_is_named() {
    let idl = shop::idl(&shop::json());
    let with_note = |len: usize| {
        let note = format!("note = \"{}\"", "x".repeat(len));
        let manifest = shop::MANIFEST.replace("note = \"moved\"", &note);
        Transition::read(&manifest, &idl, Direction::Migrate, None).unwrap()
    };
    // 1,187 bytes hold seven items with a note of five; six of them take 129 bytes each, and a length
    // above 127 one more.
    let longest = 5 + 6 * 129 + (1_232 - 1_187) - 1;
    assert_eq!(
        packed(&with_note(longest), ONE_PAYS, &items(2)),
        (1, 1_232, PackError::TooMany(2))
    );
    let longer = with_note(longest + 1);
    let packer = Packer::new(&longer, ONE_PAYS);
    assert_eq!(
        packer.count_that_fit(&items(2)).unwrap_err().to_string(),
        format!(
            "{}: a transaction for this account alone is larger than the 1,232 bytes that a cluster takes: \
             [fleet.ItemV1.migrate] names too many accounts or too long arguments",
            address(10)
        )
    );
    let unsigned = packer.unsigned(&items(1), &FEES, 0, Hash::default());
    assert_eq!(
        unsigned.unwrap_err().to_string(),
        "1 accounts do not fit the 1,232 bytes of a transaction: pack fewer"
    );
}

#[test]
fn an_account_whose_call_cannot_be_made_ends_the_batch_before_it() {
    let transition = shop::upgrade();
    let packer = Packer::new(&transition, ONE_PAYS);
    let mut accounts = items(4);
    accounts[2].1.data.truncate(5);
    assert_eq!(packer.count_that_fit(&accounts), Ok(2));
    assert_eq!(
        packer
            .count_that_fit(&accounts[2..])
            .unwrap_err()
            .to_string(),
        format!(
            "{}: the account does not decode: it has 5 bytes, and a `ItemV1` has at least 73",
            address(12)
        )
    );
}

proptest! {
    #[test]
    fn a_transaction_is_never_larger_than_a_cluster_takes(
        transition in select(vec![migrate_all(), roll_back(), shop::upgrade()]),
        authority in 1..3_u8,
        payer in 1..3_u8,
        numbers in proptest::collection::vec(proptest::num::u8::ANY, 1..80),
    ) {
        let accounts: Vec<_> = numbers.iter().map(|number| shop::item(*number, 0)).collect();
        let packer = Packer::new(&transition, roles(authority, payer));
        let count = packer.count_that_fit(&accounts).unwrap();
        prop_assert!((1..=packer.most_accounts()).contains(&count));
        let transaction = packer.unsigned(&accounts[..count], &FEES, 0, Hash::default()).unwrap();
        prop_assert!(bytes(&transaction) <= PACKET_DATA_SIZE);
        prop_assert!(transaction.message.static_account_keys().len() <= 64);
        prop_assert!(transaction.message.instructions().len() <= 64);
        if count < accounts.len().min(packer.most_accounts()) {
            let more = packer.unsigned(&accounts[..=count], &FEES, 0, Hash::default());
            prop_assert_eq!(more.unwrap_err(), PackError::TooMany(count + 1));
        }
    }
}
