use super::*;

fn event(fields: Vec<Value>, discriminator: &[u8]) -> Idl {
    idl(json!({
        "events": [{ "name": "Paid", "discriminator": discriminator }],
        "types": [record("Paid", fields), choice("Side", variants(&["Buy"]))],
    }))
}

#[test]
fn events_are_read_by_old_indexers() {
    let old = event(vec![field("a", "u64")], &[1; 8]);
    let none = idl(json!({ "types": [] }));
    expect(&none, &old, &[("event-added", N, "Paid")]);
    expect(&old, &none, &[("event-removed", C, "Paid")]);
    expect(
        &old,
        &event(vec![field("a", "u64")], &[2; 8]),
        &[("event-discriminator-changed", B, "Paid")],
    );
    expect(
        &old,
        &event(vec![field("a", "u64"), field("b", "u8")], &[1; 8]),
        &[("event-field-appended", N, "Paid.b")],
    );
    expect(
        &old,
        &event(vec![field("b", "u8"), field("a", "u64")], &[1; 8]),
        &[("event-fields-changed", B, "Paid.b")],
    );
    expect(
        &old,
        &event(vec![], &[1; 8]),
        &[("event-fields-changed", B, "Paid.a")],
    );
    expect(
        &old,
        &event(vec![field("a", "u32")], &[1; 8]),
        &[("event-fields-changed", B, "Paid.a")],
    );
    expect(
        &old,
        &event(vec![field("b", "u64")], &[1; 8]),
        &[("field-renamed", N, "Paid.a")],
    );
}

#[test]
fn an_enum_in_an_event_may_have_more_variants_if_no_reader_is_old() {
    let with = |names: &[&str]| {
        idl(json!({
            "events": [{ "name": "Paid", "discriminator": [1] }],
            "types": [record("Paid", vec![field("side", defined("Side"))]), choice("Side", variants(names))],
        }))
    };
    expect(
        &with(&["Buy"]),
        &with(&["Buy", "Sell"]),
        &[("enum-variant-appended", C, "Paid.side.Sell")],
    );
}

#[test]
fn events_may_not_be_taken_for_each_other() {
    let two = |second: &[u8]| {
        idl(json!({
            "events": [{ "name": "Paid", "discriminator": [1, 2] }, { "name": "Sent", "discriminator": second }],
            "types": [record("Paid", vec![]), record("Sent", vec![])],
        }))
    };
    let old = two(&[3]);
    let found = findings(&old, &two(&[1]));
    assert!(
        found
            .iter()
            .any(|it| it.rule.id == "event-discriminator-shadowed"),
        "{found:?}"
    );
}

#[test]
fn error_codes_keep_their_meaning() {
    let errors = |all: &[(&str, u32)]| {
        let errors: Vec<Value> = all
            .iter()
            .map(|(name, code)| json!({ "name": name, "code": code, "msg": name }))
            .collect();
        idl(json!({ "errors": errors }))
    };
    let old = errors(&[("A", 6000), ("B", 6001)]);
    expect(
        &old,
        &errors(&[("A", 6000), ("B", 6001), ("C", 6002)]),
        &[("error-added", N, "errors.C")],
    );
    expect(
        &old,
        &errors(&[("A", 6000)]),
        &[("error-removed", N, "errors.B")],
    );
    let found = findings(&old, &errors(&[("B", 6000)]));
    assert_eq!(
        brief(&found),
        [
            ("error-renumbered", B, "errors.A"),
            ("error-renumbered", B, "errors.B")
        ]
    );
    assert_eq!(found[1].message, "the error `B` is 6000 where it was 6001");
    expect(
        &old,
        &errors(&[("A", 6000), ("Z", 6001)]),
        &[("error-renumbered", B, "errors.B")],
    );
    let mut message = old.clone();
    message.errors[0].msg = None;
    expect(&old, &message, &[]);
}

#[test]
fn constants_and_the_address_are_found() {
    let constant = |value: &str| {
        idl(json!({ "constants": [{ "name": "MAX", "type": "u8", "value": value }] }))
    };
    expect(
        &constant("1"),
        &constant("2"),
        &[("constant-changed", N, "constants.MAX")],
    );
    expect(
        &constant("1"),
        &idl(json!({})),
        &[("constant-removed", N, "constants.MAX")],
    );
    expect(&idl(json!({})), &constant("1"), &[]);
    let elsewhere = |address: &str| idl(json!({ "address": address }));
    expect(
        &idl(json!({})),
        &elsewhere("BNRPbNyECy1CEB6q2Bir4ix2BNPxhSjwdNfQUrhYT4U1"),
        &[("program-address-changed", B, "address")],
    );
    expect(
        &idl(json!({})),
        &elsewhere("11111111111111111111111111111111"),
        &[],
    );
}

#[test]
fn types_that_nothing_uses_do_not_matter() {
    let old = idl(json!({ "types": [record("Loose", vec![field("a", "u64")])] }));
    expect(
        &old,
        &idl(json!({ "types": [record("Loose", vec![field("a", "u8")])] })),
        &[],
    );
}

#[test]
fn assumptions_are_about_things_that_exist() {
    let idl = vault(vec![], vec![]);
    let error = |assumptions: &str| {
        Assumptions::parse(assumptions)
            .and_then(|assumptions| assumptions.check(&idl, &idl))
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        error("accounts.Vaults.live = false"),
        "accounts.Vaults: neither IDL has an account type of this name"
    );
    assert_eq!(
        error("instructions.pay.clients_send = []"),
        "instructions.pay: neither IDL has an instruction of this name"
    );
    assert!(error("accounts.Vault.alive = false").contains("unknown field `alive`"));
    let deposit = accounts_of_deposit();
    let check = |assumptions: &str| {
        Assumptions::parse(assumptions)
            .unwrap()
            .check(&deposit, &deposit)
            .map_err(|error| error.to_string())
    };
    assert_eq!(
        check("instructions.deposit.clients_send = [\"x\"]"),
        Err("instructions.deposit.clients_send: `x` is no account of the instruction in the new IDL".to_owned())
    );
    assert!(check("instructions.deposit.clients_send = [\"a\"]").is_ok());
    assert!(
        check("instructions.deposit = { clients_send = [\"a\"], remaining_accounts = false }")
            .is_err()
    );
}

fn accounts_of_deposit() -> Idl {
    deposit(vec![account("a")], vec![], vec![])
}
