//! Every rule: the change that it is about, and the near miss that is another.

mod accounts;
mod hostile;
mod instructions;
mod rest;

use {
    super::compare,
    crate::{
        assumptions::Assumptions,
        finding::{Finding, Report},
        rule::Severity,
    },
    account_layout::ReadIdl,
    anchor_lang_idl_spec::Idl,
    serde_json::{Value, json},
    std::fs,
};

const N: Severity = Severity::Notable;
const C: Severity = Severity::Conditional;
const B: Severity = Severity::Breaking;

/// An IDL with these members.
fn idl(members: Value) -> Idl {
    let mut json = json!({
        "address": "6kKWMmNckGur5mgBxGHDXTGcNe4XCqMcot4KAXJMcF1s",
        "metadata": { "name": "app", "version": "1.0.0", "spec": "0.1.0" },
        "instructions": [],
    });
    let Value::Object(members) = members else {
        panic!("members are an object")
    };
    json.as_object_mut().unwrap().extend(members);
    let text = json.to_string();
    ReadIdl::read(text.as_bytes(), "app.json")
        .unwrap_or_else(|error| panic!("{error}: {text}"))
        .idl
}

/// `("a", "u64")` as a field or an argument.
fn field(name: &str, ty: impl Into<Value>) -> Value {
    json!({ "name": name, "type": ty.into() })
}

fn defined(name: &str) -> Value {
    json!({ "defined": { "name": name } })
}

fn record(name: &str, fields: Vec<Value>) -> Value {
    json!({ "name": name, "type": { "kind": "struct", "fields": fields } })
}

fn choice(name: &str, variants: Vec<Value>) -> Value {
    json!({ "name": name, "type": { "kind": "enum", "variants": variants } })
}

fn variants(names: &[&str]) -> Vec<Value> {
    names.iter().map(|name| json!({ "name": name })).collect()
}

/// A program with the account type `Vault` and other types.
fn vault(fields: Vec<Value>, mut others: Vec<Value>) -> Idl {
    others.push(record("Vault", fields));
    idl(
        json!({ "accounts": [{ "name": "Vault", "discriminator": [1, 2, 3, 4, 5, 6, 7, 8] }], "types": others }),
    )
}

fn instruction(name: &str, discriminator: &[u8], accounts: Vec<Value>, args: Vec<Value>) -> Value {
    json!({ "name": name, "discriminator": discriminator, "accounts": accounts, "args": args })
}

/// A program with the instruction `deposit` and other types.
fn deposit(accounts: Vec<Value>, args: Vec<Value>, types: Vec<Value>) -> Idl {
    idl(
        json!({ "instructions": [instruction("deposit", &[9; 8], accounts, args)], "types": types }),
    )
}

fn account(name: &str) -> Value {
    json!({ "name": name })
}

fn findings(old: &Idl, new: &Idl) -> Vec<Finding> {
    with_assumptions(old, new, "")
}

fn with_assumptions(old: &Idl, new: &Idl, assumptions: &str) -> Vec<Finding> {
    let assumptions = Assumptions::parse(assumptions).unwrap();
    assumptions.check(old, new).unwrap();
    let Report { findings } = Report::new(compare(old, new, &assumptions));
    findings
}

fn brief(findings: &[Finding]) -> Vec<(&str, Severity, &str)> {
    findings
        .iter()
        .map(|it| (it.rule.id, it.severity, it.subject.as_str()))
        .collect()
}

/// The findings of a pair, in short.
#[track_caller]
fn expect(old: &Idl, new: &Idl, expected: &[(&str, Severity, &str)]) {
    let found = findings(old, new);
    assert_eq!(brief(&found), expected, "{found:#?}");
}

#[track_caller]
fn expect_with(old: &Idl, new: &Idl, assumptions: &str, expected: &[(&str, Severity, &str)]) {
    assert_eq!(
        brief(&with_assumptions(old, new, assumptions)),
        expected,
        "{assumptions}"
    );
}

/// The IDL of a release of the demo program.
fn release(folder: &str) -> Idl {
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/demo");
    let bytes = fs::read(format!("{demo}/{folder}/app.json")).unwrap();
    ReadIdl::read(&bytes, "app.json").unwrap().idl
}

#[test]
fn an_idl_is_compatible_with_itself() {
    let idl = release("v2");
    assert!(findings(&idl, &idl).is_empty());
}

#[test]
fn release_2_keeps_every_promise_of_release_1() {
    let (old, new) = (release("v1"), release("v2"));
    let found = findings(&old, &new);
    assert!(
        found.iter().all(|finding| finding.severity == N),
        "{found:#?}"
    );
    assert!(
        found
            .iter()
            .any(|finding| finding.rule.id == "instruction-added")
    );
    let back = findings(&new, &old);
    assert!(
        back.iter()
            .any(|finding| finding.rule.id == "account-type-removed")
    );
}

#[test]
fn findings_are_sorted_by_severity_subject_and_rule() {
    let old = vault(vec![field("a", "u64"), field("b", "u8")], vec![]);
    let new = vault(vec![field("z", "u64"), field("b", "u16")], vec![]);
    expect(
        &old,
        &new,
        &[
            ("field-retyped", B, "Vault.b"),
            ("field-renamed", N, "Vault.a"),
        ],
    );
}
