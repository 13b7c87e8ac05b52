use {
    super::*,
    crate::ReadIdl,
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
    let show = |value: &Value<'_>| (value.field.path.clone(), value.to_string());
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
    let show = |value: &Value<'_>| {
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
fn bytes_that_the_idl_does_not_tell_are_refused() {
    let refused = |encoding: Json, fields: Json| {
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
            "app: the IDL does not tell the bytes of `{path}` in `{name}`: they are neither Borsh nor at \
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
            refused(encoding, wide.clone()),
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
