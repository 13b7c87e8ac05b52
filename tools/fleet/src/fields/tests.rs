use {
    super::{Comparison, Difference, Pubkey},
    crate::transition::tests::{config, migrate_all, roll_back, shop},
    proptest::prelude::*,
    serde_json::{Value, json},
};

/// What a program of release 2 makes of a config of release 1.
fn migrated(old: &[u8]) -> Vec<u8> {
    let discriminator = [2, 19, 141, 11, 71, 106, 211, 166];
    [&discriminator, &old[8..], &[0; 48]].concat()
}

fn difference(field: &str, old: &str, new: &str) -> Difference {
    Difference {
        field: field.to_owned(),
        old: old.to_owned(),
        new: new.to_owned(),
    }
}

#[test]
fn a_migrated_config_has_the_fields_that_it_had() {
    let transition = migrate_all();
    assert_eq!(
        transition.compared_fields().collect::<Vec<_>>(),
        ["authority", "value"]
    );
    let (_, account) = config(7, 0);
    let old = account.data;
    let mut new = migrated(&old);
    assert_eq!(transition.differences(&old, &new), Ok(vec![]));
    assert_eq!(roll_back().differences(&new, &old), Ok(vec![]));

    // What release 1 does not have may hold anything, and so may bytes behind the last field.
    new[48] = 1;
    new.extend([7; 32]);
    assert_eq!(transition.differences(&old, &new), Ok(vec![]));

    new[8..40].fill(0);
    new[40] = 8;
    let authority = Pubkey::try_from(&old[8..40]).unwrap().to_string();
    let zero = Pubkey::default().to_string();
    assert_eq!(
        transition.differences(&old, &new),
        Ok(vec![
            difference("authority", &authority, &zero),
            difference("value", "7", "8")
        ])
    );
}

#[test]
fn an_account_that_does_not_decode_is_an_error() {
    let transition = migrate_all();
    let (_, account) = config(7, 0);
    let old = account.data;
    let new = migrated(&old);
    let said = |old: &[u8], new: &[u8]| transition.differences(old, new).unwrap_err().to_string();
    assert_eq!(
        said(&new, &new),
        "the account does not decode: it begins with [2, 19, 141, 11, 71, 106, 211, 166], not with the \
         discriminator [84, 236, 11, 221, 3, 23, 47, 8] of `ConfigV1`"
    );
    assert_eq!(
        said(&old, &new[..95]),
        "the account does not decode: it has 95 bytes, and a `ConfigV2` has at least 96"
    );
    let mut operators = new.clone();
    operators[92] = 1;
    assert_eq!(
        said(&old, &operators),
        "the account does not decode: `operators` of `ConfigV2` cannot be read, at byte 96: at least 32 bytes \
         are needed, and there are 0"
    );
}

#[test]
fn a_value_may_be_written_otherwise() {
    let transition = shop::upgrade();
    assert_eq!(
        transition.compared_fields().collect::<Vec<_>>(),
        ["price", "owner", "tags"]
    );
    let (_, account) = shop::item(1, 0);
    let old = account.data;
    let new = |price: u8, tag: &[u8]| {
        let tag_len = u32::try_from(tag.len()).unwrap().to_le_bytes();
        let price = [price, 0, 0, 0, 0, 0, 0, 0];
        [
            &[10, 2][..],
            &[101; 32],
            &price[..],
            &[1, 0, 0, 0],
            &tag_len,
            tag,
            &[0],
        ]
        .concat()
    };
    assert_eq!(transition.differences(&old, &new(7, b"ok")), Ok(vec![]));
    assert_eq!(
        transition.differences(&old, &new(8, b"o")),
        Ok(vec![
            difference("price", "7", "8"),
            difference("tags", r#"["ok"]"#, r#"["o"]"#),
        ])
    );
    let shown = format!("[\"{}…", "x".repeat(198));
    assert_eq!(
        transition.differences(&old, &new(7, &[b'x'; 500])),
        Ok(vec![difference("tags", r#"["ok"]"#, &shown)])
    );
}

/// Two layouts of one field, in Borsh or as zero-copy types with what they are made of.
fn layouts(old: &Value, new: &Value, encoding: &Value) -> Comparison {
    let with = |name: &str, fields: Value| {
        let mut def = json!({ "name": name, "type": { "kind": "struct", "fields": fields } });
        let encoding = encoding.as_object().unwrap().clone();
        def.as_object_mut().unwrap().extend(encoding);
        def
    };
    let of = |name: &str, ty: &Value| with(name, json!([{ "name": "it", "type": ty }]));
    let side = |variants: &[&str]| {
        let variants = variants.iter().map(|name| json!({ "name": name }));
        json!({ "kind": "enum", "variants": variants.collect::<Vec<_>>() })
    };
    let idl = shop::idl(&json!({
        "address": shop::program_id().to_string(),
        "metadata": { "name": "shop", "version": "1.0.0", "spec": "0.1.0" },
        "instructions": [],
        "accounts": [
            { "name": "Old", "discriminator": [1] }, { "name": "New", "discriminator": [2] },
        ],
        "types": [
            of("Old", old),
            of("New", new),
            with("Slot", json!([{ "name": "size", "type": "u16" }, { "name": "side", "type": "u8" }])),
            { "name": "Side", "type": side(&["Buy", "Sell"]) },
            { "name": "Sides", "type": side(&["Sell", "Buy", "Hold"]) },
        ],
    }));
    Comparison::new(&idl, "Old", "New").unwrap()
}

/// How a field is encoded, its type before and after, its bytes before and after, and its values where they
/// differ.
type Case = (
    Value,
    Value,
    Value,
    &'static [u8],
    &'static [u8],
    Option<(&'static str, &'static str)>,
);

fn borsh() -> Value {
    json!({})
}

fn c() -> Value {
    json!({ "serialization": "bytemuck", "repr": { "kind": "c" } })
}

fn defined(name: &str) -> Value {
    json!({ "defined": { "name": name } })
}

fn slots() -> Value {
    json!({ "array": [defined("Slot"), 2] })
}

fn numbers_and_options() -> Vec<Case> {
    vec![
        (borsh(), json!("i8"), json!("i8"), &[255], &[255], None),
        (
            borsh(),
            json!("i8"),
            json!("u8"),
            &[255],
            &[255],
            Some(("-1", "255")),
        ),
        (
            borsh(),
            json!("i8"),
            json!("i16"),
            &[255],
            &[255, 255],
            None,
        ),
        (
            borsh(),
            json!("bool"),
            json!("bool"),
            &[0],
            &[1],
            Some(("false", "true")),
        ),
        (
            borsh(),
            json!({ "option": "u8" }),
            json!({ "option": "u16" }),
            &[1, 5],
            &[1, 5, 0],
            None,
        ),
        (
            borsh(),
            json!({ "option": "u8" }),
            json!({ "option": "u8" }),
            &[0],
            &[1, 0],
            Some(("None", "Some(0)")),
        ),
    ]
}

fn lists_and_defined_types() -> Vec<Case> {
    vec![
        (
            borsh(),
            json!("bytes"),
            json!({ "array": ["u8", 2] }),
            &[2, 0, 0, 0, 7, 8],
            &[7, 8],
            None,
        ),
        (
            borsh(),
            json!("string"),
            json!("bytes"),
            &[1, 0, 0, 0, 97],
            &[1, 0, 0, 0, 97],
            Some(("\"a\"", "0x61")),
        ),
        (
            borsh(),
            json!({ "vec": defined("Slot") }),
            json!({ "vec": defined("Slot") }),
            &[1, 0, 0, 0, 1, 0, 2],
            &[1, 0, 0, 0, 1, 0, 3],
            Some(("[{ size: 1, side: 2 }]", "[{ size: 1, side: 3 }]")),
        ),
        (borsh(), defined("Side"), defined("Sides"), &[0], &[1], None),
        (
            borsh(),
            defined("Side"),
            defined("Sides"),
            &[0],
            &[0],
            Some(("Buy", "Sell")),
        ),
    ]
}

fn types_in_memory() -> Vec<Case> {
    vec![
        (
            c(),
            slots(),
            slots(),
            &[1, 0, 2, 9, 3, 0, 4, 9],
            &[1, 0, 2, 8, 3, 0, 4, 8],
            None,
        ),
        (
            c(),
            slots(),
            slots(),
            &[1, 0, 2, 9, 3, 0, 4, 9],
            &[1, 0, 2, 9, 3, 0, 5, 9],
            Some((
                "[{ size: 1, side: 2 }, { size: 3, side: 4 }]",
                "[{ size: 1, side: 2 }, { size: 3, side: 5 }]",
            )),
        ),
    ]
}

#[test]
fn every_type_is_compared_by_its_value() {
    let cases = [
        numbers_and_options(),
        lists_and_defined_types(),
        types_in_memory(),
    ];
    for (encoding, was, is, old, new, expected) in cases.concat() {
        let comparison = layouts(&was, &is, &encoding);
        let differences = comparison.differences(&[&[1], old].concat(), &[&[2], new].concat());
        let expected = expected.map(|(old, new)| difference("it", old, new));
        assert_eq!(
            differences,
            Ok(Vec::from_iter(expected)),
            "{was} {is} {old:?} {new:?}"
        );
    }
}

#[test]
fn fields_of_structs_are_compared_one_by_one() {
    let slot = json!({ "defined": { "name": "Slot" } });
    let comparison = layouts(&slot, &slot, &json!({}));
    assert_eq!(
        comparison.fields().collect::<Vec<_>>(),
        ["it.size", "it.side"]
    );
    assert_eq!(
        comparison.differences(&[1, 1, 0, 2], &[2, 1, 0, 3]),
        Ok(vec![difference("it.side", "2", "3")])
    );
}

proptest! {
    #[test]
    fn whatever_the_bytes_are_no_panic(
        old in proptest::collection::vec(any::<u8>(), 0..300),
        new in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        let transition = shop::upgrade();
        let old = [&[10, 1][..], &old].concat();
        let new = [&[10, 2][..], &new].concat();
        let _ = transition.differences(&old, &new);
    }
}
