use super::*;

fn a_b() -> Idl {
    vault(vec![field("a", "u64"), field("b", "u32")], vec![])
}

#[test]
fn a_field_at_the_end_needs_spare_bytes() {
    let new = vault(
        vec![field("a", "u64"), field("b", "u32"), field("c", "u16")],
        vec![],
    );
    let found = findings(&a_b(), &new);
    assert_eq!(brief(&found), [("field-appended", C, "Vault.c")]);
    assert_eq!(found[0].message, "`Vault` has a new last field: `c: u16`");
    assert_eq!(
        found[0].condition.as_deref(),
        Some("every live Vault has at least 22 bytes of data, which are zero behind the old value")
    );
    assert_eq!(
        found[0]
            .new
            .as_ref()
            .map(|it| &it.source[it.changed.clone()]),
        Some("c: u16")
    );
    assert_eq!(found[0].place.pointer, "/types/0/type/fields/2");
    let appended = |severity| [("field-appended", severity, "Vault.c")];
    expect_with(
        &a_b(),
        &new,
        "accounts.Vault = { allocated = 22, zero_filled = true }",
        &appended(N),
    );
    expect_with(&a_b(), &new, "accounts.Vault.allocated = 22", &appended(C));
    expect_with(&a_b(), &new, "accounts.Vault.live = false", &appended(N));
    expect_with(&a_b(), &new, "accounts.Vault.live = true", &appended(C));
    expect_with(
        &a_b(),
        &new,
        "accounts.Vault = { allocated = 30, zero_filled = false }",
        &appended(B),
    );
    expect_with(
        &a_b(),
        &new,
        "accounts.Vault.allocated = 21",
        &[("account-size-increased", B, "Vault")],
    );
}

#[test]
fn behind_values_of_several_lengths_there_may_be_remains() {
    let old = vault(vec![field("a", json!({ "option": "u64" }))], vec![]);
    let new = vault(
        vec![field("a", json!({ "option": "u64" })), field("c", "u16")],
        vec![],
    );
    let id = "field-appended-after-option";
    let found = findings(&old, &new);
    assert_eq!(brief(&found), [(id, C, "Vault.c")]);
    assert_eq!(
        found[0].condition.as_deref(),
        Some(
            "every live Vault has at least 11 bytes of data, and every one has 2 more than its value takes, which are zero"
        )
    );
    expect_with(
        &old,
        &new,
        "accounts.Vault = { allocated = 19, zero_filled = true }",
        &[(id, N, "Vault.c")],
    );
    expect_with(
        &old,
        &new,
        "accounts.Vault = { allocated = 18, zero_filled = true }",
        &[(id, C, "Vault.c")],
    );
    expect_with(
        &old,
        &new,
        "accounts.Vault.allocated = 19",
        &[(id, C, "Vault.c")],
    );
    expect_with(
        &old,
        &new,
        "accounts.Vault.zero_filled = false",
        &[(id, B, "Vault.c")],
    );
    expect_with(
        &old,
        &new,
        "accounts.Vault.allocated = 10",
        &[("account-size-increased", B, "Vault")],
    );
    let list = vault(vec![field("a", "string")], vec![]);
    let longer = vault(vec![field("a", "string"), field("c", "u16")], vec![]);
    expect_with(
        &list,
        &longer,
        "accounts.Vault = { allocated = 9999, zero_filled = true }",
        &[(id, C, "Vault.c")],
    );
}

#[test]
fn a_field_in_front_of_others_breaks() {
    let new = vault(
        vec![field("c", "u16"), field("a", "u64"), field("b", "u32")],
        vec![],
    );
    expect(&a_b(), &new, &[("field-inserted", B, "Vault.c")]);
}

#[test]
fn a_removed_field_breaks_unless_it_was_the_last() {
    let without_a = vault(vec![field("b", "u32")], vec![]);
    expect(&a_b(), &without_a, &[("field-removed", B, "Vault.a")]);
    let without_b = vault(vec![field("a", "u64")], vec![]);
    let found = findings(&a_b(), &without_b);
    assert_eq!(brief(&found), [("field-removed-last", C, "Vault.b")]);
    assert_eq!(
        found[0].condition.as_deref(),
        Some("every Vault that the new release makes has at least 20 bytes of data")
    );
    expect_with(
        &a_b(),
        &without_b,
        "accounts.Vault.created = 20",
        &[("field-removed-last", N, "Vault.b")],
    );
    expect_with(
        &a_b(),
        &without_b,
        "accounts.Vault.created = 19",
        &[("field-removed-last", B, "Vault.b")],
    );
}

#[test]
fn another_type_breaks_and_another_name_does_not() {
    let retyped = vault(vec![field("a", "u64"), field("b", "i32")], vec![]);
    let found = findings(&a_b(), &retyped);
    assert_eq!(brief(&found), [("field-retyped", B, "Vault.b")]);
    assert_eq!(
        found[0].message,
        "the field `b` of `Vault` is `i32` where it was `u32`"
    );
    let renamed = vault(vec![field("a", "u64"), field("c", "u32")], vec![]);
    expect(&a_b(), &renamed, &[("field-renamed", N, "Vault.b")]);
    let key = vault(vec![field("k", "pubkey")], vec![]);
    let bytes = vault(vec![field("k", json!({ "array": ["u8", 32] }))], vec![]);
    expect(&key, &bytes, &[("field-retyped", B, "Vault.k")]);
}

#[test]
fn fields_of_one_type_that_swap_are_silently_misread() {
    let old = vault(vec![field("from", "u64"), field("to", "u64")], vec![]);
    let new = vault(vec![field("to", "u64"), field("from", "u64")], vec![]);
    let found = findings(&old, &new);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].rule.id, found[0].severity),
        ("fields-reordered", B)
    );
    let shifted = vault(vec![field("to", "u64"), field("next", "u64")], vec![]);
    assert!(
        findings(&old, &shifted)
            .iter()
            .any(|finding| finding.severity == B)
    );
}

#[test]
fn structs_have_no_bytes_of_their_own() {
    let nested = vault(
        vec![field("pair", defined("Pair"))],
        vec![record("Pair", vec![field("a", "u64"), field("b", "u32")])],
    );
    expect(
        &a_b(),
        &nested,
        &[
            ("field-renamed", N, "Vault.a"),
            ("field-renamed", N, "Vault.b"),
        ],
    );
    let swapped = vault(
        vec![field("pair", defined("Pair"))],
        vec![record("Pair", vec![field("b", "u32"), field("a", "u64")])],
    );
    assert!(
        findings(&a_b(), &swapped)
            .iter()
            .any(|finding| finding.rule.id == "fields-reordered")
    );
    let newtype = vault(
        vec![field("a", defined("Amount")), field("b", "u32")],
        vec![json!({ "name": "Amount", "type": { "kind": "struct", "fields": ["u64"] } })],
    );
    expect(&a_b(), &newtype, &[]);
    let alias = vault(
        vec![field("a", defined("Amount")), field("b", "u32")],
        vec![json!({ "name": "Amount", "type": { "kind": "type", "alias": "u64" } })],
    );
    expect(&a_b(), &alias, &[]);
    let bytes = vault(vec![field("a", "bytes")], vec![]);
    expect(
        &bytes,
        &vault(vec![field("a", json!({ "vec": "u8" }))], vec![]),
        &[],
    );
}

#[test]
fn a_nested_type_that_grows_shifts_what_follows_it() {
    let limits = |more: bool| {
        let mut fields = vec![field("per_day", "u64")];
        fields.extend(more.then(|| field("per_week", "u64")));
        vec![record("Limits", fields)]
    };
    let first = |more| {
        vault(
            vec![field("limits", defined("Limits")), field("b", "u8")],
            limits(more),
        )
    };
    expect(
        &first(false),
        &first(true),
        &[("field-inserted", B, "Vault.limits.per_week")],
    );
    let last = |more| {
        vault(
            vec![field("b", "u8"), field("limits", defined("Limits"))],
            limits(more),
        )
    };
    expect(
        &last(false),
        &last(true),
        &[("field-appended", C, "Vault.limits.per_week")],
    );
    expect(
        &last(true),
        &last(false),
        &[("field-removed-last", C, "Vault.limits.per_week")],
    );
    for container in ["vec", "option"] {
        let list = |more| {
            vault(
                vec![field("all", json!({ container: defined("Limits") }))],
                limits(more),
            )
        };
        expect(
            &list(false),
            &list(true),
            &[("field-inserted", B, "Vault.all.per_week")],
        );
    }
    let array = |more| {
        vault(
            vec![field("all", json!({ "array": [defined("Limits"), 2] }))],
            limits(more),
        )
    };
    expect(
        &array(false),
        &array(true),
        &[("field-inserted", B, "Vault.all.per_week")],
    );
    let replaced = vault(
        vec![
            field("b", "u8"),
            field("limits", defined("Limits")),
            field("z", "u64"),
        ],
        limits(false),
    );
    assert!(
        findings(&last(true), &replaced)
            .iter()
            .all(|finding| finding.severity == N)
    );
}

#[test]
fn an_array_grows_only_at_the_end() {
    let array = |len: u64| field("all", json!({ "array": ["u32", len] }));
    let last = |len| vault(vec![field("a", "u8"), array(len)], vec![]);
    expect(&last(2), &last(3), &[("field-appended", C, "Vault.all")]);
    expect(
        &last(3),
        &last(2),
        &[("field-removed-last", C, "Vault.all")],
    );
    let first = |len| vault(vec![array(len), field("a", "u8")], vec![]);
    expect(&first(2), &first(3), &[("field-retyped", B, "Vault.all")]);
    let shorter_with_more = vault(vec![field("a", "u8"), array(2), field("z", "u32")], vec![]);
    assert!(
        findings(&last(3), &shorter_with_more)
            .iter()
            .any(|finding| finding.severity == B)
    );
}

#[test]
fn reserved_bytes_can_become_a_field() {
    let reserved = |len: u64| field("_reserved", json!({ "array": ["u8", len] }));
    let old = vault(
        vec![field("a", "u64"), reserved(64), field("z", "u8")],
        vec![],
    );
    let new = vault(
        vec![
            field("a", "u64"),
            field("fee", "u64"),
            reserved(56),
            field("z", "u8"),
        ],
        vec![],
    );
    let found = findings(&old, &new);
    assert_eq!(brief(&found), [("reserved-bytes-used", C, "Vault.fee")]);
    assert!(
        found[0]
            .condition
            .as_ref()
            .is_some_and(|it| it.contains("holds zeros in the bytes of `fee`"))
    );
    let wrong = vault(
        vec![
            field("a", "u64"),
            field("fee", "u64"),
            reserved(57),
            field("z", "u8"),
        ],
        vec![],
    );
    assert!(
        findings(&old, &wrong)
            .iter()
            .any(|finding| finding.severity == B)
    );
    let all = vault(
        vec![
            field("a", "u64"),
            field("fee", json!({ "option": "u64" })),
            field("z", "u8"),
        ],
        vec![],
    );
    assert!(
        findings(&old, &all)
            .iter()
            .any(|finding| finding.severity == B)
    );
    let small = vault(
        vec![field("a", "u64"), reserved(8), field("z", "u8")],
        vec![],
    );
    let used = vault(
        vec![field("a", "u64"), field("fee", "u64"), field("z", "u8")],
        vec![],
    );
    expect(&small, &used, &[("reserved-bytes-used", C, "Vault.fee")]);
}

#[test]
fn a_field_uses_the_reserved_bytes_of_one_array_only() {
    let reserved = |name: &str, len: u64| field(name, json!({ "array": ["u8", len] }));
    let old = vault(
        vec![reserved("_a", 16), reserved("_b", 16), field("z", "u8")],
        vec![],
    );
    let new = vault(
        vec![
            reserved("_a", 8),
            field("fee", "u64"),
            reserved("_b", 8),
            field("z", "u8"),
        ],
        vec![],
    );
    assert!(
        findings(&old, &new)
            .iter()
            .any(|finding| finding.severity == B)
    );
}

#[test]
fn variants_may_come_at_the_end_if_no_reader_is_old() {
    let state = |names: &[&str]| {
        vault(
            vec![field("state", defined("State")), field("b", "u8")],
            vec![choice("State", variants(names))],
        )
    };
    let old = state(&["Open", "Closed"]);
    expect(
        &old,
        &state(&["Open", "Closed", "Frozen"]),
        &[("enum-variant-appended", C, "Vault.state.Frozen")],
    );
    for (stored, severity) in [(false, N), (true, B)] {
        expect_with(
            &old,
            &state(&["Open", "Closed", "Frozen"]),
            &format!("accounts.Vault.variants_stored = {stored}"),
            &[("enum-variant-appended", severity, "Vault.state.Frozen")],
        );
    }
    expect(
        &old,
        &state(&["Frozen", "Open", "Closed"]),
        &[("enum-variant-inserted", B, "Vault.state.Frozen")],
    );
    expect(
        &old,
        &state(&["Open"]),
        &[("enum-variant-removed", B, "Vault.state.Closed")],
    );
    expect(
        &old,
        &state(&["Closed"]),
        &[("enum-variant-removed", B, "Vault.state.Open")],
    );
    expect(
        &old,
        &state(&["Closed", "Open"]),
        &[("enum-variants-reordered", B, "Vault.state.Open")],
    );
    expect(
        &old,
        &state(&["Open", "Shut"]),
        &[("enum-variant-renamed", N, "Vault.state.Closed")],
    );
    expect(
        &old,
        &state(&["Closed", "Open", "Frozen"]),
        &[
            ("enum-variants-reordered", B, "Vault.state.Open"),
            ("enum-variant-appended", C, "Vault.state.Frozen"),
        ],
    );
}

#[test]
fn a_variant_with_other_fields_breaks() {
    let state = |fields: Value| {
        let open = json!({ "name": "Open", "fields": fields });
        vault(
            vec![field("state", defined("State"))],
            vec![choice("State", vec![open])],
        )
    };
    expect(
        &state(json!(["u64"])),
        &state(json!(["u32"])),
        &[("enum-variant-changed", B, "Vault.state.Open")],
    );
    expect(
        &state(json!(["u64"])),
        &state(json!(["u64", "u8"])),
        &[("enum-variant-changed", B, "Vault.state.Open")],
    );
    expect(
        &state(json!([field("a", "u64")])),
        &state(json!([field("b", "u64")])),
        &[("field-renamed", N, "Vault.state.Open.a")],
    );
    expect(&state(json!(["u64"])), &state(json!(["u64"])), &[]);
}

#[test]
fn an_enum_that_several_fields_use_is_found_once() {
    let state = |names: &[&str]| {
        let fields = vec![
            field("a", defined("State")),
            field("b", json!({ "vec": defined("State") })),
        ];
        vault(fields, vec![choice("State", variants(names))])
    };
    expect(
        &state(&["Open"]),
        &state(&["Open", "Closed"]),
        &[("enum-variant-appended", C, "Vault.a.Closed")],
    );
}

#[test]
fn account_types_go_by_their_discriminators() {
    let with = |accounts: Value, names: &[&str]| {
        let types: Vec<Value> = names
            .iter()
            .map(|name| record(name, vec![field("a", "u64")]))
            .collect();
        idl(json!({ "accounts": accounts, "types": types }))
    };
    let one =
        |name: &str, discriminator: &[u8]| json!({ "name": name, "discriminator": discriminator });
    let old = with(json!([one("Vault", &[1])]), &["Vault"]);
    let renamed = with(json!([one("Safe", &[2])]), &["Safe"]);
    expect(&old, &renamed, &[("account-type-renamed", B, "Vault")]);
    let relabelled = with(json!([one("Safe", &[1])]), &["Safe"]);
    expect(
        &old,
        &relabelled,
        &[("account-type-relabelled", N, "Vault")],
    );
    let changed = with(json!([one("Vault", &[2])]), &["Vault"]);
    expect(
        &old,
        &changed,
        &[("account-discriminator-changed", B, "Vault")],
    );
    let gone = with(json!([]), &[]);
    expect(&old, &gone, &[("account-type-removed", B, "Vault")]);
    expect_with(
        &old,
        &gone,
        "accounts.Vault.live = false",
        &[("account-type-removed", N, "Vault")],
    );
    let more = with(
        json!([one("Vault", &[1]), one("Safe", &[2])]),
        &["Vault", "Safe"],
    );
    expect(&old, &more, &[("account-type-added", N, "Safe")]);
    let prefix = with(
        json!([one("Vault", &[1]), one("Safe", &[1, 2])]),
        &["Vault", "Safe"],
    );
    expect(
        &old,
        &prefix,
        &[
            ("discriminator-prefix", B, "Safe"),
            ("account-type-added", N, "Safe"),
        ],
    );
    expect(&prefix, &prefix, &[]);
}

#[test]
fn zero_copy_data_has_an_exact_size() {
    let zero_copy = |fields: Vec<Value>, repr: Value| {
        let mut def = record("Vault", fields);
        def["serialization"] = "bytemuck".into();
        def["repr"] = repr;
        idl(
            json!({ "accounts": [{ "name": "Vault", "discriminator": [1, 2, 3, 4, 5, 6, 7, 8] }], "types": [def] }),
        )
    };
    let c = || json!({ "kind": "c" });
    let old = zero_copy(vec![field("a", "u64"), field("b", "u64")], c());
    let new = zero_copy(
        vec![field("a", "u64"), field("b", "u64"), field("c", "u64")],
        c(),
    );
    expect(&old, &new, &[("account-size-increased", B, "Vault")]);
    expect_with(
        &old,
        &new,
        "accounts.Vault = { allocated = 32, zero_filled = true }",
        &[("field-appended", N, "Vault.c")],
    );
    expect_with(
        &old,
        &new,
        "accounts.Vault.allocated = 31",
        &[("account-size-increased", B, "Vault")],
    );
    expect_with(
        &old,
        &new,
        "accounts.Vault.live = false",
        &[("field-appended", N, "Vault.c")],
    );
    let padded = zero_copy(vec![field("a", "u64"), field("b", "u8")], c());
    let in_padding = zero_copy(
        vec![field("a", "u64"), field("b", "u8"), field("c", "u32")],
        c(),
    );
    expect(&padded, &in_padding, &[("field-appended", C, "Vault.c")]);
    let packed = zero_copy(
        vec![field("a", "u64"), field("b", "u8")],
        json!({ "kind": "c", "packed": true }),
    );
    expect(&padded, &packed, &[("serialization-changed", B, "Vault")]);
    let borsh = vault(vec![field("a", "u64"), field("b", "u64")], vec![]);
    expect(&borsh, &old, &[("serialization-changed", N, "Vault")]);
    let padded_borsh = vault(vec![field("a", "u64"), field("b", "u8")], vec![]);
    expect(
        &padded_borsh,
        &padded,
        &[("serialization-changed", B, "Vault")],
    );
    let moved = vault(vec![field("b", "u64"), field("a", "u64")], vec![]);
    expect(&moved, &old, &[("serialization-changed", B, "Vault")]);
    expect(
        &old,
        &zero_copy(vec![field("a", "u64"), field("b", "i64")], c()),
        &[("field-retyped", B, "Vault.b")],
    );
    let unknown = zero_copy(
        vec![field("a", "u64"), field("b", "u64"), field("c", "u64")],
        json!({ "kind": "rust" }),
    );
    let from = zero_copy(
        vec![field("a", "u64"), field("b", "u64")],
        json!({ "kind": "rust" }),
    );
    let found = with_assumptions(&from, &unknown, "accounts.Vault.allocated = 99");
    assert!(
        found.iter().any(|finding| finding.severity == B),
        "the order of fields is not known"
    );
}

#[test]
fn sizes_are_known_from_assumptions_only() {
    let same = a_b();
    expect_with(
        &same,
        &same,
        "accounts.Vault = { allocated = 96, created = 64 }",
        &[("account-size-decreased", N, "Vault")],
    );
    expect_with(
        &same,
        &same,
        "accounts.Vault = { allocated = 96, created = 64, reads = 64 }",
        &[("account-size-decreased", N, "Vault")],
    );
    expect_with(
        &same,
        &same,
        "accounts.Vault = { allocated = 96, created = 64, reads = 65 }",
        &[("account-size-decreased", B, "Vault")],
    );
    expect_with(
        &same,
        &same,
        "accounts.Vault = { allocated = 96, created = 96, reads = 97 }",
        &[("account-size-increased", B, "Vault")],
    );
    expect_with(
        &same,
        &same,
        "accounts.Vault.created = 19",
        &[("account-size-decreased", B, "Vault")],
    );
    expect_with(
        &same,
        &same,
        "accounts.Vault = { allocated = 96, created = 96 }",
        &[],
    );
}

#[test]
fn generic_types_are_compared_with_their_arguments() {
    let pair = json!({
        "name": "Pair",
        "generics": [{ "kind": "type", "name": "T" }, { "kind": "const", "name": "N", "type": "usize" }],
        "type": { "kind": "struct", "fields": [field("all", json!({ "array": [{ "generic": "T" }, { "generic": "N" }] }))] },
    });
    let with = |ty: &str, len: &str| {
        let args = json!([{ "kind": "type", "type": ty }, { "kind": "const", "value": len }]);
        let user = field(
            "pair",
            json!({ "defined": { "name": "Pair", "generics": args } }),
        );
        vault(vec![user, field("b", "u8")], vec![pair.clone()])
    };
    expect(&with("u8", "4"), &with("u8", "4"), &[]);
    expect(
        &with("u8", "4"),
        &with("u16", "4"),
        &[("field-retyped", B, "Vault.pair.all")],
    );
    expect(
        &with("u8", "4"),
        &with("u8", "5"),
        &[("field-retyped", B, "Vault.pair.all")],
    );
}

/// Zeros are the first variant, which need not be the shortest one.
#[test]
fn a_last_enum_takes_the_bytes_of_its_first_variant() {
    let first = |fields: Value| {
        let variants = vec![
            json!({ "name": "Long", "fields": fields }),
            json!({ "name": "Short" }),
        ];
        vec![choice("Mode", variants)]
    };
    let short = |others: Vec<Value>| vault(vec![field("a", "u8")], others);
    let long = |others: Vec<Value>| {
        vault(
            vec![field("a", "u8"), field("mode", defined("Mode"))],
            others,
        )
    };
    let with = |fields: Value, assumptions: &str| {
        let assumptions = format!("[accounts.Vault]\n{assumptions}");
        let (short, long) = (short(first(fields.clone())), long(first(fields)));
        let severity = |found: Vec<Finding>| found[0].severity;
        (
            severity(with_assumptions(&short, &long, &assumptions)),
            severity(with_assumptions(&long, &short, &assumptions)),
        )
    };
    let spare = |len: u64| format!("allocated = {len}\ncreated = {len}\nzero_filled = true\n");
    assert_eq!(with(json!(["u64"]), &spare(18)), (N, N));
    assert_eq!(with(json!(["u64"]), &spare(17)), (B, B));
    let endless = json!([defined("Mode")]);
    assert_eq!(with(endless, &spare(100)), (B, C));
}

/// Zeros behind the value say nothing of the padding in it.
#[test]
fn a_zero_copy_field_may_lie_in_what_was_padding() {
    let vault = |fields: Vec<Value>| {
        let mut vault = record("Vault", fields);
        vault["serialization"] = json!("bytemuck");
        vault["repr"] = json!({ "kind": "c", "align": 8 });
        idl(json!({ "accounts": [{ "name": "Vault", "discriminator": [1] }], "types": [vault] }))
    };
    let old = vault(vec![field("a", "u8")]);
    let new = vault(vec![field("a", "u8"), field("b", "u8"), field("c", "u64")]);
    let assumptions = "[accounts.Vault]\nallocated = 100\nzero_filled = true\n";
    expect_with(
        &old,
        &new,
        assumptions,
        &[
            ("field-appended", C, "Vault.b"),
            ("field-appended", N, "Vault.c"),
        ],
    );
}

#[test]
fn the_layout_of_a_zero_copy_struct_within_another_may_change() {
    let idl = |repr: Value, name: &str| {
        let inner = vec![field("x", "u8"), field(name, "u64")];
        let mut types = [
            record("Vault", vec![field("inner", defined("Inner"))]),
            record("Inner", inner),
        ];
        for ty in &mut types {
            ty["serialization"] = json!("bytemuck");
        }
        types[0]["repr"] = json!({ "kind": "c" });
        types[1]["repr"] = repr;
        idl(json!({ "accounts": [{ "name": "Vault", "discriminator": [1] }], "types": types }))
    };
    let (c, rust) = (json!({ "kind": "c" }), json!({ "kind": "rust" }));
    let retyped = [("field-retyped", B, "Vault")];
    expect(&idl(c.clone(), "y"), &idl(rust.clone(), "y"), &retyped);
    expect(&idl(rust.clone(), "y"), &idl(c.clone(), "y"), &retyped);
    let aligned = json!({ "kind": "c", "align": 32 });
    let serialized = [("serialization-changed", B, "Vault")];
    expect(&idl(c, "y"), &idl(aligned, "y"), &serialized);
    let renamed = [("field-renamed", N, "Vault.inner.y")];
    expect(&idl(rust.clone(), "y"), &idl(rust, "z"), &renamed);
}

/// The new release makes accounts, also of a type that had none.
#[test]
fn a_variant_may_be_stored_where_no_account_was_live() {
    let with = |names: &[&str]| {
        vault(
            vec![field("mode", defined("Mode"))],
            vec![choice("Mode", variants(names))],
        )
    };
    let (old, new) = (with(&["A"]), with(&["A", "B"]));
    let found = |severity| [("enum-variant-appended", severity, "Vault.mode.B")];
    expect_with(&old, &new, "[accounts.Vault]\nlive = false\n", &found(C));
    expect_with(
        &old,
        &new,
        "[accounts.Vault]\nvariants_stored = false\n",
        &found(N),
    );
    expect_with(
        &old,
        &new,
        "[accounts.Vault]\nvariants_stored = true\n",
        &found(B),
    );
}
