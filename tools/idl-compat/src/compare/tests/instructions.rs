use super::*;

fn args(args: Vec<Value>) -> Idl {
    deposit(vec![], args, vec![])
}

fn accounts(accounts: Vec<Value>) -> Idl {
    deposit(accounts, vec![], vec![])
}

fn named(instructions: Vec<Value>) -> Idl {
    idl(json!({ "instructions": instructions }))
}

#[test]
fn instructions_go_by_their_discriminators() {
    let one = |name: &str, discriminator: &[u8]| {
        instruction(
            name,
            discriminator,
            vec![account("a")],
            vec![field("x", "u8")],
        )
    };
    let old = named(vec![one("deposit", &[1; 8])]);
    expect(
        &old,
        &named(vec![]),
        &[("instruction-removed", B, "deposit")],
    );
    expect(
        &old,
        &named(vec![one("deposit", &[1; 8]), one("pay", &[2; 8])]),
        &[("instruction-added", N, "pay")],
    );
    expect(
        &old,
        &named(vec![one("pay", &[2; 8])]),
        &[("instruction-renamed", B, "deposit")],
    );
    expect(
        &old,
        &named(vec![one("pay", &[1; 8])]),
        &[("instruction-relabelled", N, "deposit")],
    );
    expect(
        &old,
        &named(vec![one("deposit", &[2; 8])]),
        &[("instruction-discriminator-changed", B, "deposit")],
    );
    let other = instruction("pay", &[2; 8], vec![], vec![]);
    expect(
        &old,
        &named(vec![other]),
        &[
            ("instruction-removed", B, "deposit"),
            ("instruction-added", N, "pay"),
        ],
    );
}

#[test]
fn a_discriminator_may_not_begin_with_another() {
    let one = |name: &str, discriminator: &[u8]| instruction(name, discriminator, vec![], vec![]);
    let old = named(vec![one("deposit", &[1, 2])]);
    for shadow in [&[1][..], &[], &[1, 2, 3], &[1, 2]] {
        let found = findings(
            &old,
            &named(vec![one("deposit", &[1, 2]), one("pay", shadow)]),
        );
        assert!(
            found
                .iter()
                .any(|it| it.rule.id == "instruction-discriminator-shadowed" && it.severity == B),
            "{shadow:?}"
        );
    }
    let swapped = (
        named(vec![one("a", &[1]), one("b", &[2])]),
        named(vec![one("a", &[2]), one("b", &[1])]),
    );
    let found = findings(&swapped.0, &swapped.1);
    assert_eq!(
        found
            .iter()
            .filter(|it| it.rule.id == "instruction-discriminator-changed")
            .count(),
        2
    );
    let both = named(vec![one("a", &[1]), one("b", &[1, 2])]);
    expect(&both, &both, &[]);
}

#[test]
fn an_argument_more_breaks_wherever_it_is() {
    let old = args(vec![field("amount", "u64")]);
    let memo = || field("memo", json!({ "option": "string" }));
    let found = findings(&old, &args(vec![field("amount", "u64"), memo()]));
    assert_eq!(brief(&found), [("argument-added", B, "deposit.args.memo")]);
    assert_eq!(
        found[0].message,
        "`deposit` takes an argument more: `memo: Option<String>`"
    );
    assert_eq!(found[0].place.pointer, "/instructions/0/args/1");
    let excerpt = found[0].new.as_ref().unwrap();
    assert_eq!(excerpt.source, "deposit(amount: u64, memo: Option<String>)");
    assert_eq!(
        &excerpt.source[excerpt.changed.clone()],
        "memo: Option<String>"
    );
    expect(
        &old,
        &args(vec![memo(), field("amount", "u64")]),
        &[("argument-added", B, "deposit.args.memo")],
    );
    expect(
        &args(vec![]),
        &old,
        &[("argument-added", B, "deposit.args.amount")],
    );
}

#[test]
fn an_argument_less_breaks_unless_nothing_follows() {
    let three = args(vec![field("a", "u64"), field("b", "u8"), field("c", "u8")]);
    expect(
        &three,
        &args(vec![field("a", "u64"), field("b", "u8")]),
        &[("argument-removed-last", N, "deposit.args.c")],
    );
    expect(
        &three,
        &args(vec![field("a", "u64")]),
        &[
            ("argument-removed-last", N, "deposit.args.b"),
            ("argument-removed-last", N, "deposit.args.c"),
        ],
    );
    expect(
        &three,
        &args(vec![field("a", "u64"), field("c", "u8")]),
        &[("argument-removed", B, "deposit.args.b")],
    );
    let other_prefix = findings(&three, &args(vec![field("a", "u32")]));
    assert!(other_prefix.iter().any(|finding| finding.severity == B));
}

#[test]
fn an_argument_may_have_another_name_but_no_other_type_or_place() {
    let old = args(vec![field("a", "u64"), field("b", "u64")]);
    expect(
        &old,
        &args(vec![field("a", "u64"), field("c", "u64")]),
        &[("argument-renamed", N, "deposit.args.b")],
    );
    expect(
        &old,
        &args(vec![field("a", "u64"), field("b", "i64")]),
        &[("argument-retyped", B, "deposit.args.b")],
    );
    let found = findings(&old, &args(vec![field("b", "u64"), field("a", "u64")]));
    assert_eq!(
        (found.len(), found[0].rule.id, found[0].severity),
        (1, "arguments-reordered", B)
    );
    expect(
        &old,
        &args(vec![field("a", "u64"), field("c", "i64")]),
        &[
            ("argument-retyped", B, "deposit.args.b"),
            ("argument-renamed", N, "deposit.args.b"),
        ],
    );
}

#[test]
fn arguments_in_a_struct_are_the_same_bytes() {
    let old = args(vec![field("a", "u64"), field("b", "u64")]);
    let packed = |names: [&str; 2]| {
        let fields = names.into_iter().map(|name| field(name, "u64")).collect();
        deposit(
            vec![],
            vec![field("params", defined("Params"))],
            vec![record("Params", fields)],
        )
    };
    expect(
        &old,
        &packed(["a", "b"]),
        &[
            ("argument-renamed", N, "deposit.args.a"),
            ("argument-renamed", N, "deposit.args.b"),
        ],
    );
    assert!(
        findings(&old, &packed(["b", "a"]))
            .iter()
            .any(|it| it.rule.id == "arguments-reordered")
    );
}

#[test]
fn a_struct_argument_with_a_field_more_is_another_type() {
    let with = |more: bool| {
        let mut fields = vec![field("a", "u64")];
        fields.extend(more.then(|| field("b", "u8")));
        deposit(
            vec![],
            vec![field("params", defined("Params"))],
            vec![record("Params", fields)],
        )
    };
    expect(
        &with(false),
        &with(true),
        &[("argument-retyped", B, "deposit.args.params.b")],
    );
    expect(
        &with(true),
        &with(false),
        &[("argument-removed-last", N, "deposit.args.params.b")],
    );
}

#[test]
fn an_enum_argument_may_have_more_variants() {
    let side = |names: &[&str]| {
        deposit(
            vec![],
            vec![field("side", defined("Side"))],
            vec![choice("Side", variants(names))],
        )
    };
    expect(
        &side(&["Buy"]),
        &side(&["Buy", "Sell"]),
        &[("argument-variant-appended", N, "deposit.args.side.Sell")],
    );
    expect(
        &side(&["Buy", "Sell"]),
        &side(&["Buy"]),
        &[("enum-variant-removed", B, "deposit.args.side.Sell")],
    );
    expect(
        &side(&["Buy"]),
        &side(&["Sell", "Buy"]),
        &[("enum-variant-inserted", B, "deposit.args.side.Sell")],
    );
}

#[test]
fn what_is_returned_is_read_by_old_clients() {
    let returns = |ty: Option<&str>| {
        let mut it = instruction("deposit", &[1; 8], vec![], vec![]);
        if let Some(ty) = ty {
            it["returns"] = ty.into();
        }
        named(vec![it])
    };
    expect(
        &returns(Some("u64")),
        &returns(Some("u32")),
        &[("return-type-changed", B, "deposit.returns")],
    );
    expect(
        &returns(Some("u64")),
        &returns(None),
        &[("return-type-changed", B, "deposit.returns")],
    );
    expect(&returns(None), &returns(Some("u64")), &[]);
    expect(&returns(Some("u64")), &returns(Some("u64")), &[]);
}

#[test]
fn an_account_more_breaks() {
    let old = accounts(vec![account("a"), account("b")]);
    let at_end = accounts(vec![account("a"), account("b"), account("c")]);
    expect(&old, &at_end, &[("account-added", B, "deposit.accounts.c")]);
    expect(
        &old,
        &accounts(vec![account("c"), account("a"), account("b")]),
        &[("account-added", B, "deposit.accounts.c")],
    );
    expect_with(
        &old,
        &at_end,
        "instructions.deposit.clients_send = [\"c\"]",
        &[("account-added", N, "deposit.accounts.c")],
    );
    let other = accounts(vec![account("a"), account("b"), account("d"), account("c")]);
    let found = with_assumptions(&old, &other, "instructions.deposit.clients_send = [\"c\"]");
    assert!(
        found.iter().all(|finding| finding.severity == B),
        "{found:?}"
    );
}

#[test]
fn an_optional_account_more_is_compatible_at_the_end() {
    let optional = || json!({ "name": "c", "optional": true });
    let old = accounts(vec![account("a")]);
    let new = accounts(vec![account("a"), optional()]);
    let id = "optional-account-added";
    let subject = "deposit.accounts.c";
    let found = findings(&old, &new);
    assert_eq!(brief(&found), [(id, C, subject)]);
    let condition = found[0].condition.as_deref().unwrap();
    assert!(
        condition.contains("no client of the old release passes remaining accounts to `deposit`")
    );
    assert!(condition.contains("allow-missing-optionals"));
    expect_with(
        &old,
        &new,
        "instructions.deposit.remaining_accounts = true",
        &[(id, B, subject)],
    );
    expect_with(
        &old,
        &new,
        "instructions.deposit.remaining_accounts = false",
        &[(id, C, subject)],
    );
    let both =
        "program.allow_missing_optionals = true\ninstructions.deposit.remaining_accounts = false";
    expect_with(&old, &new, both, &[(id, N, subject)]);
    expect_with(
        &old,
        &new,
        "program.allow_missing_optionals = false",
        &[(id, B, subject)],
    );
    let in_front = accounts(vec![optional(), account("a")]);
    expect(&old, &in_front, &[("account-added", B, subject)]);
    let then_required = accounts(vec![account("a"), optional(), account("d")]);
    expect(
        &old,
        &then_required,
        &[
            ("account-added", B, subject),
            ("account-added", B, "deposit.accounts.d"),
        ],
    );
}

#[test]
fn an_account_less_breaks_unless_it_was_the_last() {
    let old = accounts(vec![account("a"), account("b")]);
    expect(
        &old,
        &accounts(vec![account("a")]),
        &[("account-removed-last", C, "deposit.accounts.b")],
    );
    for (uses, severity) in [(false, N), (true, B)] {
        expect_with(
            &old,
            &accounts(vec![account("a")]),
            &format!("instructions.deposit.uses_remaining_accounts = {uses}"),
            &[("account-removed-last", severity, "deposit.accounts.b")],
        );
    }
    expect(
        &old,
        &accounts(vec![account("b")]),
        &[("account-removed", B, "deposit.accounts.a")],
    );
}

#[test]
fn accounts_go_by_their_place() {
    let old = accounts(vec![account("a"), account("b")]);
    let found = findings(&old, &accounts(vec![account("b"), account("a")]));
    assert_eq!(
        (found.len(), found[0].rule.id, found[0].severity),
        (1, "accounts-reordered", B)
    );
    expect(
        &old,
        &accounts(vec![account("a"), account("c")]),
        &[("account-relabelled", N, "deposit.accounts.b")],
    );
    let group = json!({ "name": "group", "accounts": [account("a"), account("b")] });
    let found = findings(&old, &accounts(vec![group]));
    assert!(
        found
            .iter()
            .all(|finding| finding.rule.id == "account-relabelled"),
        "{found:?}"
    );
}

#[test]
fn what_is_asked_of_an_account() {
    let with = |member: &str, value: Value| {
        let mut account = account("a");
        account[member] = value;
        accounts(vec![account])
    };
    let plain = accounts(vec![account("a")]);
    let cases = [
        (
            "writable",
            json!(true),
            ("account-made-writable", B),
            ("account-made-read-only", N),
        ),
        (
            "signer",
            json!(true),
            ("signer-added", B),
            ("signer-removed", N),
        ),
        (
            "optional",
            json!(true),
            ("account-made-optional", N),
            ("account-made-required", B),
        ),
        (
            "address",
            json!("11111111111111111111111111111111"),
            ("account-address-changed", B),
            ("account-address-removed", N),
        ),
        (
            "pda",
            json!({ "seeds": [{ "kind": "const", "value": [1] }] }),
            ("pda-seeds-added", C),
            ("pda-seeds-removed", N),
        ),
    ];
    for (member, value, set, unset) in cases {
        let changed = with(member, value);
        expect(&plain, &changed, &[(set.0, set.1, "deposit.accounts.a")]);
        expect(
            &changed,
            &plain,
            &[(unset.0, unset.1, "deposit.accounts.a")],
        );
        expect(&changed, &changed, &[]);
    }
    let relation = with("relations", json!(["config"]));
    expect(
        &plain,
        &relation,
        &[("account-relation-added", C, "deposit.accounts.a")],
    );
    expect(&relation, &plain, &[]);
}

#[test]
fn addresses_derive_from_seeds() {
    let with = |seeds: Value, other: &str, arg: &str| {
        let vault = json!({ "name": "vault", "pda": { "seeds": seeds } });
        deposit(vec![vault, account(other)], vec![field(arg, "u64")], vec![])
    };
    let seeds = |account: &str, arg: &str| json!([{ "kind": "account", "path": account }, { "kind": "arg", "path": arg }]);
    let old = with(seeds("owner", "id"), "owner", "id");
    let renamed = with(seeds("user", "number"), "user", "number");
    let found = findings(&old, &renamed);
    assert_eq!(
        brief(&found),
        [
            ("account-relabelled", N, "deposit.accounts.owner"),
            ("argument-renamed", N, "deposit.args.id"),
        ]
    );
    let fewer = with(
        json!([{ "kind": "account", "path": "owner" }]),
        "owner",
        "id",
    );
    expect(
        &old,
        &fewer,
        &[("pda-seeds-changed", B, "deposit.accounts.vault")],
    );
    let swapped = with(
        json!([{ "kind": "arg", "path": "id" }, { "kind": "account", "path": "owner" }]),
        "owner",
        "id",
    );
    expect(
        &old,
        &swapped,
        &[("pda-seeds-changed", B, "deposit.accounts.vault")],
    );
}
