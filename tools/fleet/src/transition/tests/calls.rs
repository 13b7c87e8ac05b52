//! What the program is sent.

use super::*;

fn two_configs() -> [(Pubkey, Account); 2] {
    [config(1, 0), config(2, 5)]
}

#[test]
fn a_batch_is_what_the_client_of_release_2_sends() {
    let accounts = two_configs();
    let addresses = accounts.each_ref().map(|(address, _)| *address);
    let one = migrate_all().instructions(&accounts, ONE_PAYS, 7).unwrap();
    let sent = client_v2::migrate_many(&addresses, &ONE_PAYS.authority, 7);
    assert_eq!(one, [sent]);

    let two = migrate_all()
        .instructions(&accounts, roles(1, 2), u64::MAX)
        .unwrap();
    let mut other_pays = client_v2::migrate_many(&addresses, &ONE_PAYS.authority, u64::MAX);
    other_pays.accounts[1].pubkey = address(2);
    assert_eq!(two, [other_pays]);

    let none = migrate_all().instructions(&[], ONE_PAYS, 7).unwrap();
    assert_eq!(none, []);
}

#[test]
fn a_rollback_is_what_the_client_of_release_2_sends() {
    let accounts = two_configs();
    let sent = roll_back().instructions(&accounts, roles(1, 2), 0).unwrap();
    let wanted =
        accounts.map(|(address, _)| client_v2::rollback(&address, &ONE_PAYS.authority, false));
    assert_eq!(sent, wanted);

    let discarding = MANIFEST.replace("discard_v2_data = false", "discard_v2_data = true");
    let discarding = Transition::read(&discarding, &app(), Direction::Rollback, None).unwrap();
    let [first, _] = two_configs();
    assert_eq!(
        discarding
            .instructions(std::slice::from_ref(&first), ONE_PAYS, 0)
            .unwrap(),
        [client_v2::rollback(&first.0, &ONE_PAYS.authority, true)]
    );
}

#[test]
fn the_declared_instruction_is_called_unless_the_table_names_another() {
    let declarations = MANIFEST.split("[fleet").next().unwrap();
    let read = |accounts: &str| {
        let manifest =
            format!("{declarations}[fleet.ConfigV1.migrate]\naccounts = {{ {accounts} }}");
        Transition::read(&manifest, &app(), Direction::Migrate, None).unwrap()
    };
    let [(address, account), _] = two_configs();
    let accounts = [(address, account)];
    let payer = super::address(2);

    let everyone = read(r#"authority = "authority", payer = "payer""#);
    let as_upgrade_authority =
        client_v2::migrate_as_upgrade_authority(&address, &ONE_PAYS.authority, &payer);
    assert_eq!(
        everyone.instructions(&accounts, roles(1, 2), 0).unwrap(),
        std::slice::from_ref(&as_upgrade_authority)
    );

    // As an optional account that is not passed, Anchor takes the program's own address.
    let owner = read(r#"authority = "authority", payer = "payer", program_data = "omitted""#);
    let mut without = as_upgrade_authority;
    without.accounts[4] = AccountMeta::new_readonly(app_id(), false);
    assert_eq!(
        owner.instructions(&accounts, roles(1, 2), 0).unwrap(),
        [without.clone()]
    );
    without.accounts.pop();
    assert_eq!(
        without,
        client_v2::migrate(&address, &ONE_PAYS.authority, &payer)
    );
}

#[test]
fn a_manifest_without_fleet_calls_the_declared_instruction() {
    let manifest = shop::MANIFEST.split("[fleet").next().unwrap();
    let manifest = manifest.replace("\"upgrade\"", "\"tidy\"");
    let idl = shop::idl(&shop::json());
    let tidy = Transition::read(&manifest, &idl, Direction::Migrate, None).unwrap();
    let sent = tidy.instructions(&[shop::item(1, 0)], ONE_PAYS, 0).unwrap();
    assert_eq!(
        sent,
        [Instruction {
            program_id: shop::program_id(),
            accounts: vec![AccountMeta::new(address(1), false)],
            data: vec![5],
        }]
    );
    assert!(!tidy.needs_authority() && !tidy.limits_top_up() && tidy.program_data().is_none());
    assert_eq!(tidy.table, "fleet.ItemV1.migrate");
}

#[test]
fn a_batch_of_another_program_takes_the_accounts_behind_its_own() {
    let fleet = shop::MANIFEST.split_once("data_len").unwrap().1;
    let call = r#"instruction = "upgrade_all"
accounts = { key = "payer", witness = "omitted", guide = "authority" }"#;
    let manifest = shop::MANIFEST.replace(&format!("data_len{fleet}"), call);
    let idl = shop::idl(&shop::json());
    let all = Transition::read(&manifest, &idl, Direction::Migrate, None).unwrap();
    let items = [shop::item(10, 0), shop::item(11, 0)];
    assert_eq!(
        all.instructions(&items, roles(1, 2), 0).unwrap(),
        [Instruction {
            program_id: shop::program_id(),
            accounts: vec![
                AccountMeta::new_readonly(address(2), true),
                AccountMeta::new_readonly(shop::program_id(), false),
                AccountMeta::new_readonly(address(1), false),
                AccountMeta::new(address(10), false),
                AccountMeta::new(address(11), false),
            ],
            data: vec![4],
        }]
    );
    assert!(!all.needs_authority());
}

#[test]
fn addresses_come_from_the_fields_of_each_account() {
    let items = [shop::item(1, 0), shop::item(2, 0)];
    let sent = shop::upgrade()
        .instructions(&items, roles(40, 41), 8)
        .unwrap();
    let call = |number: u8, limit: u8| Instruction {
        program_id: shop::program_id(),
        accounts: vec![
            AccountMeta::new(address(number), false),
            AccountMeta::new_readonly(address(number + 100), false),
            AccountMeta::new_readonly(address(40), true),
            AccountMeta::new(address(41), true),
            AccountMeta::new(address(number + 200), false),
            AccountMeta::new(
                "Stake11111111111111111111111111111111111111"
                    .parse()
                    .unwrap(),
                false,
            ),
            AccountMeta::new_readonly(shop::program_id(), false),
            AccountMeta::new_readonly(Pubkey::default(), false),
        ],
        data: [
            &[1, 2, 3, 3, 1, 5, 0, 0, 0][..],
            b"moved",
            &[limit, 0, 0, 0, 0, 0, 0, 0],
        ]
        .concat(),
    };
    assert_eq!(sent, [call(1, 4), call(2, 4)]);

    let mut short = shop::item(3, 0);
    short.1.data.truncate(50);
    let error = shop::upgrade()
        .instructions(&[shop::item(1, 0), short], ONE_PAYS, 0)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "{}: the account does not decode: it has 50 bytes, and a `ItemV1` has at least 73",
            address(3)
        )
    );
}

#[test]
fn every_kind_of_argument_is_encoded() {
    let cases = [
        ("bool", "true", vec![1]),
        ("u8", "255", vec![255]),
        ("i8", "-1", vec![255]),
        ("u16", "258", vec![2, 1]),
        ("i16", "-2", vec![254, 255]),
        ("u32", "258", vec![2, 1, 0, 0]),
        ("i32", "-2", vec![254, 255, 255, 255]),
        ("u64", "'18446744073709551615'", vec![255; 8]),
        ("u64", "258", vec![2, 1, 0, 0, 0, 0, 0, 0]),
        ("i64", "-1", vec![255; 8]),
        (
            "u128",
            "'340282366920938463463374607431768211455'",
            vec![255; 16],
        ),
        ("i128", "-1", vec![255; 16]),
        (
            "string",
            "'top_up'",
            [&[6, 0, 0, 0][..], b"top_up"].concat(),
        ),
        ("pubkey", "'11111111111111111111111111111111'", vec![0; 32]),
    ];
    let encoded = |ty: serde_json::Value, value: Option<&str>| {
        let mut json = shop::json();
        json["instructions"][0]["args"] = serde_json::json!([{ "name": "it", "type": ty }]);
        let args = value
            .map(|value| format!("it = {value}"))
            .unwrap_or_default();
        let manifest =
            shop::MANIFEST.replace(r#"mode = 3, note = "moved", limit = "top_up""#, &args);
        let shop =
            Transition::read(&manifest, &shop::idl(&json), Direction::Migrate, None).unwrap();
        let sent = shop
            .instructions(&[shop::item(1, 0)], ONE_PAYS, 513)
            .unwrap();
        assert_eq!(sent[0].data[..3], [1, 2, 3]);
        sent[0].data[3..].to_vec()
    };
    for (ty, value, bytes) in cases {
        assert_eq!(encoded(ty.into(), Some(value)), bytes, "{ty}");
        let option = serde_json::json!({ "option": ty });
        assert_eq!(encoded(option.clone(), None), [0], "{ty}");
        assert_eq!(
            encoded(option, Some(value)),
            [&[1], &bytes[..]].concat(),
            "{ty}"
        );
    }
    let list = serde_json::json!({ "vec": "u16" });
    assert_eq!(encoded(list, Some("[1, 2]")), [2, 0, 0, 0, 1, 0, 2, 0]);
    let limit = serde_json::json!({ "option": "u64" });
    assert_eq!(
        encoded(limit, Some("'top_up'")),
        [1, 1, 2, 0, 0, 0, 0, 0, 0]
    );
}

#[test]
fn each_of_several_calls_may_pay_what_its_account_lacks() {
    let limits = |lamports: &[u64], max_top_up: u64| {
        let items = (1..)
            .zip(lamports)
            .map(|(number, lamports)| shop::item(number, *lamports));
        let sent = shop::upgrade()
            .instructions(&items.collect::<Vec<_>>(), ONE_PAYS, max_top_up)
            .unwrap();
        let limit = |call: &Instruction| {
            let (_, limit) = call.data.split_last_chunk().unwrap();
            u64::from_le_bytes(*limit)
        };
        sent.iter().map(limit).collect::<Vec<_>>()
    };
    assert_eq!(limits(&[100, 40, 130, 0], 160), [0, 60, 0, 100]);
    assert_eq!(limits(&[100, 40], 0), [0, 0]);
    assert_eq!(limits(&[100, 40], 61), [0, 60]);
    assert_eq!(limits(&[0, 0, 0], 10), [3, 3, 3]);
    assert_eq!(limits(&[u64::MAX, 0], u64::MAX), [0, u64::MAX]);
    assert_eq!(limits(&[7], 5), [5]);
}

proptest::proptest! {
    #[test]
    fn exactly_what_all_lack_is_exactly_what_each_lacks(
        lamports in proptest::collection::vec(0..2_000_000_u64, 1..20),
        minimum in 0..2_000_000_u64,
    ) {
        let items: Vec<_> = (1..).zip(&lamports).map(|(number, lamports)| shop::item(number, *lamports)).collect();
        let lacking: Vec<u64> = lamports.iter().map(|lamports| minimum.saturating_sub(*lamports)).collect();
        proptest::prop_assert_eq!(shares(&items, lacking.iter().sum()), lacking);
    }

    #[test]
    fn shares_never_exceed_what_is_shared(
        lamports in proptest::collection::vec(proptest::num::u64::ANY, 0..20),
        shared in proptest::num::u64::ANY,
    ) {
        let items: Vec<_> = (1..).zip(&lamports).map(|(number, lamports)| shop::item(number, *lamports)).collect();
        let sum: u128 = shares(&items, shared).into_iter().map(u128::from).sum();
        proptest::prop_assert!(sum <= u128::from(shared));
    }
}

#[test]
fn an_account_that_hides_an_address_is_reported() {
    let idl = shop::idl(&shop::json());
    let one = Transition::read(shop::MANIFEST, &idl, Direction::Migrate, None).unwrap();
    let (item, mut short) = (shop::item(10, 0), shop::item(11, 0));
    assert_eq!(one.check_fields(&item), Ok(()));
    short.1.data.pop();
    let unreadable = one.check_fields(&short).unwrap_err();
    assert_eq!(unreadable.address, address(11));
    assert_eq!(
        unreadable.to_string(),
        "k7FaK87WHGVXzkaoHb7CdVPgkKDQhZ29VLDeBVbDfYn: the account does not decode: `staff.guards` of \
         `ItemV1` cannot be read, at byte 78: at least 1 bytes are needed, and there are 0"
    );
    assert_eq!(
        one.instructions(&[item, short], ONE_PAYS, 0),
        Err(unreadable)
    );
    // No address is taken from a config.
    let (address, mut config) = config(1, 0);
    config.data.truncate(8);
    assert_eq!(migrate_all().check_fields(&(address, config)), Ok(()));
}
