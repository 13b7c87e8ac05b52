use {
    super::*,
    crate::{MAX_LEN, ReadIdl},
    proptest::prelude::*,
    serde_json::{Value as Json, json},
};

/// An IDL whose account type `Vault` has one field of the type between two bytes; the types that it may
/// be made of are those of a small market.
fn idl(field: Json) -> Idl {
    with_types(json!([
        { "name": "Vault", "type": { "kind": "struct", "fields": [
            { "name": "before", "type": "u8" },
            { "name": "field", "type": field },
            { "name": "after", "type": "u8" },
        ] } },
        { "name": "Limits", "type": { "kind": "struct", "fields": [
            { "name": "per_day", "type": { "option": "u16" } }, { "name": "open", "type": "bool" },
        ] } },
        { "name": "Pair", "type": { "kind": "struct", "fields": ["u8", "i8"] } },
        { "name": "Unit", "type": { "kind": "struct" } },
        { "name": "Amount", "type": { "kind": "type", "alias": "u64" } },
        { "name": "Order", "type": { "kind": "enum", "variants": [
            { "name": "Market" },
            { "name": "Limit", "fields": [{ "name": "price", "type": "u8" }, { "name": "size", "type": "u8" }] },
            { "name": "Stop", "fields": ["u8", { "defined": { "name": "Pair" } }] },
        ] } },
        { "name": "Ring", "generics": [{ "kind": "type", "name": "T" }, { "kind": "const", "name": "N", "type": "usize" }],
          "type": { "kind": "struct", "fields": [
            { "name": "head", "type": "u8" }, { "name": "slots", "type": { "array": [{ "generic": "T" }, { "generic": "N" }] } },
        ] } },
        { "name": "Chain", "type": { "kind": "struct", "fields": [
            { "name": "next", "type": { "option": { "defined": { "name": "Chain" } } } },
        ] } },
    ]))
}

fn with_types(types: Json) -> Idl {
    let json = json!({
        "address": "6kKWMmNckGur5mgBxGHDXTGcNe4XCqMcot4KAXJMcF1s",
        "metadata": { "name": "app", "version": "1.0.0", "spec": "0.1.0" },
        "instructions": [],
        "accounts": [{ "name": "Vault", "discriminator": [1, 2] }],
        "types": types,
    });
    ReadIdl::read(json.to_string().as_bytes(), "app.json")
        .unwrap()
        .idl
}

fn defined(name: &str) -> Json {
    json!({ "defined": { "name": name } })
}

/// All fields with their values, or the error, of an account whose middle field is `bytes`.
fn shown(field: Json, bytes: &[u8]) -> Result<Vec<(String, String)>, String> {
    let reader = Reader::of(&idl(field), "Vault").unwrap();
    let data = [&[1, 2, 7], bytes, &[9]].concat();
    let values = reader.read(&data).map_err(|error| error.to_string())?;
    let show = |value: &FieldValue<'_>| (value.field.path.clone(), value.to_string());
    Ok(values.iter().map(show).collect())
}

fn one(text: &str) -> Result<Vec<(String, String)>, String> {
    let values = [("before", "7"), ("field", text), ("after", "9")];
    Ok(values
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .to_vec())
}

#[test]
fn every_type_is_shown_as_rust_writes_it() {
    let ones = [0xff; 32];
    let cases: &[(Json, &[u8], &str)] = &[
        (json!("bool"), &[1], "true"),
        (json!("u8"), &ones[..1], "255"),
        (json!("i8"), &ones[..1], "-1"),
        (json!("u16"), &[1, 2], "513"),
        (json!("i16"), &ones[..2], "-1"),
        (json!("u32"), &[1, 0, 0, 1], "16777217"),
        (json!("i32"), &ones[..4], "-1"),
        (json!("f32"), &1.5_f32.to_le_bytes(), "1.5"),
        (json!("u64"), &ones[..8], "18446744073709551615"),
        (json!("i64"), &ones[..8], "-1"),
        (json!("f64"), &2_f64.to_le_bytes(), "2.0"),
        (
            json!("u128"),
            &ones[..16],
            "340282366920938463463374607431768211455",
        ),
        (json!("i128"), &ones[..16], "-1"),
        (
            json!("u256"),
            &[[1].as_slice(), &[0; 31]].concat(),
            "0x0000000000000000000000000000000000000000000000000000000000000001",
        ),
        (
            json!("pubkey"),
            &[0; 32],
            "11111111111111111111111111111111",
        ),
        (
            json!("string"),
            &[3, 0, 0, 0, b'a', b'"', b'b'],
            r#""a\"b""#,
        ),
        (json!("bytes"), &[2, 0, 0, 0, 1, 0xab], "0x01ab"),
        (json!({ "array": ["u8", 3] }), &[1, 2, 3], "0x010203"),
        (json!({ "array": ["u16", 2] }), &[1, 0, 2, 0], "[1, 2]"),
        (json!({ "array": ["u16", 0] }), &[], "[]"),
        (json!({ "vec": "u16" }), &[2, 0, 0, 0, 1, 0, 2, 0], "[1, 2]"),
        (
            json!({ "vec": "bool" }),
            &[2, 0, 0, 0, 1, 0],
            "[true, false]",
        ),
        (json!({ "option": "u8" }), &[0], "None"),
        (
            json!({ "option": { "option": "u8" } }),
            &[1, 1, 5],
            "Some(Some(5))",
        ),
        (
            json!({ "vec": defined("Limits") }),
            &[1, 0, 0, 0, 1, 5, 0, 1],
            "[{ per_day: Some(5), open: true }]",
        ),
        (
            json!({ "option": defined("Pair") }),
            &[1, 4, 0xff],
            "Some((4, -1))",
        ),
        (json!({ "option": defined("Unit") }), &[1], "Some(())"),
        (defined("Amount"), &[5, 0, 0, 0, 0, 0, 0, 0], "5"),
        (defined("Order"), &[0], "Market"),
        (defined("Order"), &[1, 3, 4], "Limit { price: 3, size: 4 }"),
        (defined("Order"), &[2, 3, 4, 5], "Stop(3, (4, 5))"),
        (
            json!({ "vec": defined("Unit") }),
            &[9, 0, 0, 0],
            "[9 empty values]",
        ),
    ];
    for (ty, bytes, text) in cases {
        assert_eq!(shown(ty.clone(), bytes), one(text), "{ty}");
    }
}

#[test]
fn fields_of_structs_are_fields() {
    let ring = json!({ "defined": { "name": "Ring", "generics": [
        { "kind": "type", "type": "u16" }, { "kind": "const", "value": "2" },
    ] } });
    let values = shown(ring, &[1, 2, 0, 3, 0]).unwrap();
    assert_eq!(
        values[1..3],
        [("field.head", "1"), ("field.slots", "[2, 3]")]
            .map(|(path, text)| (path.to_owned(), text.to_owned()))
    );
}

#[test]
fn padding_is_no_part_of_a_zero_copy_value() {
    let c = json!({ "kind": "c" });
    let idl = with_types(json!([
        { "name": "Vault", "serialization": "bytemuck", "repr": c, "type": { "kind": "struct", "fields": [
            { "name": "side", "type": "u8" },
            { "name": "slots", "type": { "array": [{ "defined": { "name": "Slot" } }, 2] } },
            { "name": "last", "type": { "defined": { "name": "Slot" } } },
        ] } },
        { "name": "Slot", "serialization": "bytemuck", "repr": c, "type": { "kind": "struct", "fields": [
            { "name": "day", "type": "u8" }, { "name": "size", "type": "u16" }, { "name": "side", "type": "u8" },
        ] } },
    ]));
    let reader = Reader::of(&idl, "Vault").unwrap();
    let slots = [
        [1, 0xee, 1, 0, 8, 0xee],
        [2, 0xee, 2, 0, 9, 0xee],
        [3, 0xee, 3, 0, 10, 0xee],
    ];
    let data = [&[1, 2, 7, 0xee][..], slots.as_flattened()].concat();
    let values = reader.read(&data).unwrap();
    let show = |value: &FieldValue<'_>| {
        format!(
            "{} = {value}, {} bytes",
            value.field.path,
            value.bytes.len()
        )
    };
    assert_eq!(
        values.iter().map(show).collect::<Vec<_>>(),
        [
            "side = 7, 1 bytes",
            "slots = [{ day: 1, size: 1, side: 8 }, { day: 2, size: 2, side: 9 }], 12 bytes",
            "last.day = 3, 1 bytes",
            "last.size = 3, 2 bytes",
            "last.side = 10, 1 bytes",
        ]
    );
}

#[test]
fn what_does_not_decode_is_named_with_its_place() {
    let at = |byte: usize, problem: &str| {
        Err(format!(
            "`field` of `Vault` cannot be read, at byte {byte}: {problem}"
        ))
    };
    let cases: &[(Json, &[u8], usize, &str)] = &[
        (
            json!({ "option": "u64" }),
            &[1],
            4,
            "at least 8 bytes are needed, and there are 1",
        ),
        (
            json!("bool"),
            &[2],
            3,
            "2 is neither false (0) nor true (1)",
        ),
        (
            json!({ "array": ["bool", 2] }),
            &[1, 3],
            4,
            "3 is neither false (0) nor true (1)",
        ),
        (
            json!({ "option": "u8" }),
            &[2],
            3,
            "2 is neither None (0) nor Some (1)",
        ),
        (defined("Order"), &[3], 3, "there is no variant 3"),
        (
            json!("string"),
            &[1, 0, 0, 0, 0xff],
            7,
            "the string is not UTF-8",
        ),
        (
            json!("string"),
            &[0xff; 4],
            7,
            "at least 4294967295 bytes are needed, and there are 1",
        ),
        (
            json!({ "vec": "pubkey" }),
            &[0xff; 4],
            7,
            "at least 137438953440 bytes are needed, and there are 1",
        ),
    ];
    for (ty, bytes, byte, problem) in cases {
        assert_eq!(shown(ty.clone(), bytes), at(*byte, problem), "{ty}");
    }
    let reader = Reader::of(&idl(json!("u8")), "Vault").unwrap();
    for (data, found) in [(&[1, 3, 5][..], "[1, 3]"), (&[1], "[1]"), (&[], "[]")] {
        assert_eq!(
            reader.read(data).unwrap_err().to_string(),
            format!("it begins with {found}, not with the discriminator [1, 2] of `Vault`")
        );
    }
    for (ty, needed) in [
        (json!("u64"), 12_u64),
        (json!({ "array": ["u64", u64::MAX / 16] }), u64::MAX / 2 - 3),
    ] {
        assert_eq!(
            shown(ty, &[]).unwrap_err(),
            format!("it has 4 bytes, and a `Vault` has at least {needed}")
        );
    }
}

#[test]
fn a_type_within_itself_ends() {
    let depth = |links: usize| {
        let mut bytes = vec![1; links];
        bytes.push(0);
        shown(defined("Chain"), &bytes).map(|values| values[1].1.clone())
    };
    assert_eq!(depth(2).unwrap(), "Some({ next: Some({ next: None }) })");
    assert_eq!(
        depth(1_000_000).unwrap_err(),
        "`field.next` of `Vault` cannot be read, at byte 68: values lie more than 128 deep within others"
    );
}

#[test]
fn types_are_the_same_whatever_their_names() {
    let field = |ty: Json| {
        let reader = Reader::of(&idl(ty), "Vault").unwrap();
        reader.fields()[1].clone()
    };
    let amount = field(defined("Amount"));
    assert!(amount.same_type(&field(json!("u64"))));
    assert!(!amount.same_type(&field(json!("i64"))));
    assert!(field(json!("bytes")).same_type(&field(json!({ "vec": "u8" }))));
    assert!(!field(json!({ "vec": "u8" })).same_type(&field(json!({ "vec": "i8" }))));
}

#[test]
fn bytes_that_the_idl_does_not_determine_are_rejected() {
    let rejected = |encoding: Json, fields: Json| {
        let mut other = json!({ "name": "Other", "type": { "kind": "struct", "fields": fields } });
        other
            .as_object_mut()
            .unwrap()
            .extend(encoding.as_object().unwrap().clone());
        let outer = json!({ "name": "Vault", "type": { "kind": "struct", "fields": [
            { "name": "others", "type": { "vec": defined("Other") } },
        ] } });
        let message = |idl: &Idl, name| Reader::of(idl, name).unwrap_err().to_string();
        let idl = with_types(json!([outer, other]));
        [message(&idl, "Vault"), message(&idl, "Other")]
    };
    let said = |path: &str, name: &str| {
        format!(
            "app: the IDL does not determine the bytes of `{path}` in `{name}`: they are neither Borsh nor at \
             the same place with every toolchain (at /types)"
        )
    };
    let wide = json!([{ "name": "a", "type": "u64" }, { "name": "b", "type": "u128" }]);
    for (encoding, path) in [
        (
            json!({ "serialization": "bytemuck", "repr": { "kind": "rust" } }),
            "a",
        ),
        (
            json!({ "serialization": "bytemuck", "repr": { "kind": "c" } }),
            "a",
        ),
        (json!({ "serialization": { "custom": "other" } }), ""),
    ] {
        assert_eq!(
            rejected(encoding, wide.clone()),
            [said("others", "Vault"), said(path, "Other")]
        );
    }
    assert_eq!(
        Reader::of(&idl(json!("u8")), "Vaults")
            .unwrap_err()
            .to_string(),
        "app: type `Vaults` is not defined; there are Vault, Limits, Pair, Unit, Amount, Order, Ring, \
         Chain (at /types)"
    );
    assert_eq!(
        Reader::of(&idl(json!("u8")), "Ring")
            .unwrap_err()
            .to_string(),
        "app: type `Ring` has generic parameters: name a type that fills them in (at /types)"
    );
}

/// The account whose middle field is `bytes`, as JSON; it is written again as the same bytes.
fn as_json(field: Json, bytes: &[u8]) -> Json {
    let reader = Reader::of(&idl(field), "Vault").unwrap();
    let data = [&[1, 2, 7], bytes, &[9]].concat();
    let account = reader.json(&data).unwrap();
    assert_eq!(reader.write(&account).unwrap(), data, "{account}");
    assert_eq!(
        (&account["before"], &account["after"]),
        (&json!(7), &json!(9))
    );
    account["field"].clone()
}

#[test]
fn every_type_has_a_json_form_that_is_written_back() {
    let ones = [0xff; 32];
    let wide = [[1].as_slice(), &[0; 31]].concat();
    let cases: &[(Json, &[u8], Json)] = &[
        (json!("bool"), &[1], json!(true)),
        (json!("u8"), &ones[..1], json!(255)),
        (json!("i8"), &ones[..1], json!(-1)),
        (json!("u16"), &[1, 2], json!(513)),
        (json!("i32"), &[0, 0, 0, 0x80], json!(i32::MIN)),
        (
            json!("f32"),
            &0.1_f32.to_le_bytes(),
            json!(f64::from(0.1_f32)),
        ),
        (json!("f64"), &f64::INFINITY.to_le_bytes(), json!("inf")),
        (json!("u64"), &ones[..8], json!(u64::MAX)),
        (json!("i64"), &ones[..8], json!(-1)),
        (json!("u128"), &ones[..16], json!(u128::MAX.to_string())),
        (json!("i128"), &ones[..16], json!("-1")),
        (json!("u256"), &wide, json!(format!("0x{:064x}", 1))),
        (
            json!("pubkey"),
            &[0; 32],
            json!("11111111111111111111111111111111"),
        ),
        (json!("string"), &[2, 0, 0, 0, b'a', b'"'], json!("a\"")),
        (json!("bytes"), &[2, 0, 0, 0, 1, 0xab], json!("0x01ab")),
        (json!({ "array": ["u8", 3] }), &[1, 2, 3], json!("0x010203")),
        (json!({ "array": ["u16", 2] }), &[1, 0, 2, 0], json!([1, 2])),
        (
            json!({ "vec": "bool" }),
            &[2, 0, 0, 0, 1, 0],
            json!([true, false]),
        ),
        (json!({ "option": "u8" }), &[0], json!(null)),
        (json!({ "option": "u8" }), &[1, 5], json!(5)),
        (json!({ "option": { "option": "u8" } }), &[0], json!(null)),
        (
            json!({ "option": { "option": "u8" } }),
            &[1, 0],
            json!({ "Some": null }),
        ),
        (
            json!({ "option": { "option": "u8" } }),
            &[1, 1, 5],
            json!({ "Some": 5 }),
        ),
        (
            json!({ "vec": defined("Limits") }),
            &[1, 0, 0, 0, 1, 5, 0, 1],
            json!([{ "per_day": 5, "open": true }]),
        ),
        (
            json!({ "option": defined("Pair") }),
            &[1, 4, 0xff],
            json!([4, -1]),
        ),
        (json!({ "option": defined("Unit") }), &[1], json!({})),
        (defined("Amount"), &[5, 0, 0, 0, 0, 0, 0, 0], json!(5)),
        (defined("Order"), &[0], json!("Market")),
        (
            defined("Order"),
            &[1, 3, 4],
            json!({ "Limit": { "price": 3, "size": 4 } }),
        ),
        (
            defined("Order"),
            &[2, 3, 4, 5],
            json!({ "Stop": [3, [4, 5]] }),
        ),
        (json!({ "vec": defined("Unit") }), &[9, 0, 0, 0], json!(9)),
        (
            defined("Chain"),
            &[1, 1, 0],
            json!({ "next": { "next": { "next": null } } }),
        ),
    ];
    for (ty, bytes, value) in cases {
        assert_eq!(as_json(ty.clone(), bytes), *value, "{ty}");
    }
}

#[test]
fn what_means_the_same_is_written_the_same() {
    let cases: &[(Json, Json, &[u8])] = &[
        (json!("u64"), json!("18446744073709551615"), &[0xff; 8]),
        (json!("i8"), json!("-128"), &[0x80]),
        (json!("u128"), json!(1), &[&[1], &[0; 15][..]].concat()),
        (json!("i256"), json!(-1), &[0xff; 32]),
        (json!("f64"), json!("1.5"), &1.5_f64.to_le_bytes()),
        (json!("bytes"), json!([1, 171]), &[2, 0, 0, 0, 1, 0xab]),
        (json!({ "array": ["u8", 2] }), json!([1, 2]), &[1, 2]),
        (defined("Limits"), json!({ "open": true }), &[0, 1]),
        (
            json!({ "vec": defined("Unit") }),
            json!([{}, []]),
            &[2, 0, 0, 0],
        ),
        (defined("Order"), json!({ "Market": {} }), &[0]),
    ];
    for (ty, value, bytes) in cases {
        let reader = Reader::of(&idl(ty.clone()), "Vault").unwrap();
        let account = json!({ "before": 7, "field": value, "after": 9 });
        let data = [&[1, 2, 7], *bytes, &[9]].concat();
        assert_eq!(reader.write(&account).unwrap(), data, "{ty}: {value}");
    }
}

#[test]
fn a_value_that_does_not_fit_is_named_with_its_place() {
    let cases = [
        (json!("u8"), json!(256), "`field`: 256 is not a `u8`"),
        (json!("i8"), json!(128), "`field`: 128 is not a `i8`"),
        (json!("i8"), json!(-129), "`field`: -129 is not a `i8`"),
        (json!("u8"), json!(-1), "`field`: -1 is not a `u8`"),
        (json!("u8"), json!(1.5), "`field`: 1.5 is not a `u8`"),
        (json!("f32"), json!(1e300), "`field`: 1e+300 is not a `f32`"),
        (json!("bool"), json!(1), "`field`: 1 is not a `bool`"),
        (
            json!("pubkey"),
            json!("abc"),
            "`field`: \"abc\" is not a `Pubkey`",
        ),
        (json!("pubkey"), json!("1".repeat(33)), "is not a `Pubkey`"),
        (
            json!("pubkey"),
            json!("1".repeat(1_000_000)),
            "… is not a `Pubkey`",
        ),
        (
            json!("u256"),
            json!("0x01"),
            "`field`: \"0x01\" is not a `u256`",
        ),
        (json!("string"), json!(1), "`field`: 1 is not a string"),
        (
            json!("bytes"),
            json!("0x0"),
            "is not a list or hexadecimal digits behind 0x",
        ),
        (
            json!({ "vec": "u16" }),
            json!([1, "x"]),
            "`field[1]`: \"x\" is not a `u16`",
        ),
        (
            json!({ "array": ["u16", 2] }),
            json!([1]),
            "`field`: [1] is not a list of 2",
        ),
        (
            json!({ "vec": defined("Limits") }),
            json!([{ "per_day": true, "open": true }]),
            "`field[0].per_day`: true is not a `u16`",
        ),
        (
            defined("Limits"),
            json!({}),
            "`field.open`: it is missing; it must be a `bool`",
        ),
        (
            defined("Limits"),
            json!({ "open": true, "opne": 1 }),
            "`field.opne`: there is no field of this name",
        ),
        (
            defined("Limits"),
            json!(1),
            "`field`: 1 is not an object with per_day, open",
        ),
        (
            defined("Pair"),
            json!([1]),
            "`field`: [1] is not a list of 2",
        ),
        (
            defined("Order"),
            json!("Buy"),
            "`field`: \"Buy\" is not one of Market, Limit, Stop",
        ),
        (
            defined("Order"),
            json!("Limit"),
            "`field.Limit`: null is not an object with price, size",
        ),
        (
            defined("Order"),
            json!({ "Stop": [1, [2, 999]] }),
            "`field.Stop[1][1]`: 999 is not a `i8`",
        ),
        (
            json!({ "option": { "option": "u8" } }),
            json!(5),
            "`field`: 5 is not null or { \"Some\": … }",
        ),
    ];
    for (ty, value, message) in cases {
        let reader = Reader::of(&idl(ty.clone()), "Vault").unwrap();
        let account = json!({ "before": 7, "field": value, "after": 9 });
        let error = reader.write(&account).unwrap_err().to_string();
        assert!(error.ends_with(message), "{ty}: {error}");
        assert!(error.len() < 200, "{error}");
    }
}

#[test]
fn writing_has_the_limits_of_reading() {
    let chain = |links: usize| {
        let inner = (0..links).fold(json!({ "next": null }), |inner, _| json!({ "next": inner }));
        let reader = Reader::of(&idl(defined("Chain")), "Vault").unwrap();
        let account = json!({ "before": 7, "field": inner, "after": 9 });
        reader
            .write(&account)
            .map_err(|error| error.misfit.to_string())
    };
    assert!(chain(10).is_ok());
    assert_eq!(
        chain(200).unwrap_err(),
        "values lie more than 128 deep within others"
    );

    let long = Reader::of(&idl(json!({ "array": ["u64", u64::MAX / 16] })), "Vault").unwrap();
    let error = long.write(&json!({ "before": 7, "field": [], "after": 9 }));
    assert_eq!(
        error.unwrap_err().to_string(),
        format!("it takes more than {MAX_LEN} bytes")
    );
    let text = Reader::of(&idl(json!("string")), "Vault").unwrap();
    let account = json!({ "before": 7, "field": "a".repeat(MAX_LEN), "after": 9 });
    let error = text.write(&account).unwrap_err().to_string();
    assert_eq!(
        error,
        format!("`field`: it takes more than {MAX_LEN} bytes")
    );
}

/// A zero-copy account type with padding in all places.
fn padded() -> Idl {
    let c = json!({ "kind": "c" });
    with_types(json!([
        { "name": "Vault", "serialization": "bytemuck", "repr": c, "type": { "kind": "struct", "fields": [
            { "name": "side", "type": "u8" },
            { "name": "slots", "type": { "array": [{ "defined": { "name": "Slot" } }, 2] } },
            { "name": "key", "type": { "array": ["u8", 3] } },
            { "name": "last", "type": { "defined": { "name": "Slot" } } },
        ] } },
        { "name": "Slot", "serialization": "bytemuck", "repr": c, "type": { "kind": "struct", "fields": [
            { "name": "day", "type": "u8" }, { "name": "size", "type": "u16" }, { "name": "side", "type": "u8" },
        ] } },
    ]))
}

#[test]
fn padding_is_skipped_and_written_as_zeros() {
    let reader = Reader::of(&padded(), "Vault").unwrap();
    let data = |padding: u8| {
        let slot = |n: u8| [n, padding, n, 0, 10 + n, padding];
        let slots = [slot(1), slot(2)];
        [
            &[1, 2, 7, padding],
            slots.as_flattened(),
            &[1, 2, 3, padding],
            &slot(3),
        ]
        .concat()
    };
    let slot = |n: u8| json!({ "day": n, "size": n, "side": 10 + n });
    let account = json!({
        "side": 7, "slots": [slot(1), slot(2)], "key": "0x010203", "last": slot(3),
    });
    assert_eq!(reader.json(&data(0xee)).unwrap(), account);
    assert_eq!(reader.write(&account).unwrap(), data(0));
}

/// Types of all kinds, by the name that they are used under.
fn types() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        prop::sample::select(vec![
            "bool", "u8", "i8", "u16", "i16", "u32", "i32", "f32", "u64", "i64", "f64", "u128",
            "i128", "u256", "i256", "pubkey", "string", "bytes",
        ])
        .prop_map(|name| json!(name)),
        prop::sample::select(vec!["Limits", "Pair", "Unit", "Amount", "Order", "Chain"])
            .prop_map(defined),
    ];
    leaf.prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|inner| json!({ "option": inner })),
            inner.clone().prop_map(|inner| json!({ "vec": inner })),
            (inner, 0..4_u8).prop_map(|(inner, len)| json!({ "array": [inner, len] })),
        ]
    })
}

proptest! {
    /// A NaN is one of many, so its bytes are not kept.
    #[test]
    fn whatever_is_read_is_written_back(
        ty in types(),
        bytes in prop::collection::vec(prop_oneof![3 => 0..3_u8, 1 => any::<u8>()], 0..120),
    ) {
        let reader = Reader::of(&idl(ty), "Vault").unwrap();
        let data = [&[1, 2][..], &bytes].concat();
        if let Ok(account) = reader.json(&data) {
            let written = reader.write(&account).unwrap();
            let text = |data| reader.read(data).map(|values| {
                values.iter().map(FieldValue::to_string).collect::<Vec<_>>()
            });
            prop_assert_eq!(text(&written), text(&data), "{}", account);
            prop_assert!(data.starts_with(&written) || account.to_string().contains("NaN"), "{}", account);
        }
    }

    #[test]
    fn any_json_is_written_or_rejected(ty in types(), text in "[\\[\\]{}\",:0-3aNux-]{0,24}") {
        let reader = Reader::of(&idl(ty), "Vault").unwrap();
        if let Ok(value) = serde_json::from_str::<Json>(&text) {
            let account = json!({ "before": 7, "field": value, "after": 9 });
            if let Ok(data) = reader.write(&account) {
                prop_assert!(reader.read(&data).is_ok(), "{}", account);
            }
        }
    }
}
