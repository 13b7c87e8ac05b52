//! A check made by hand, for the tests of the reports.

use {
    super::check::{Check, Document, Pair},
    crate::{Excerpt, Finding, Place, Rule, Severity, Side, accept::Judged},
    account_layout::ReadIdl,
};

static ARGUMENT_ADDED: Rule = Rule {
    id: "argument-added",
    title: "an instruction takes an argument more",
    severity: Severity::Breaking,
    old_client: "fails with InstructionDidNotDeserialize (102)",
    instead: "add an instruction that takes it",
};

static FIELD_APPENDED: Rule = Rule {
    id: "field-appended",
    title: "an account type has a field more at its end",
    severity: Severity::Conditional,
    old_client: "reads what it always read",
    instead: "append it to accounts that have spare bytes",
};

static INSTRUCTION_ADDED: Rule = Rule {
    id: "instruction-added",
    title: "the program has an instruction more",
    severity: Severity::Notable,
    old_client: "does not call it",
    instead: "",
};

const OLD: &str = r#"{
  "address": "11111111111111111111111111111111",
  "metadata": { "name": "bank", "version": "1.0.0", "spec": "0.1.0" },
  "instructions": [
    {
      "name": "deposit",
      "discriminator": [1],
      "accounts": [],
      "args": [{ "name": "amount", "type": "u64" }]
    }
  ],
  "accounts": [{ "name": "Vault", "discriminator": [7, 7] }],
  "types": [
    {
      "name": "Vault",
      "type": { "kind": "struct", "fields": [{ "name": "value", "type": "u64" }] }
    }
  ]
}
"#;

/// The findings, the worst first.
pub fn findings() -> Vec<Finding> {
    vec![
        Finding {
            rule: &ARGUMENT_ADDED,
            severity: Severity::Breaking,
            subject: "deposit.args.memo".to_owned(),
            message: "`deposit` takes an argument more: `memo`".to_owned(),
            condition: None,
            old: Some(Excerpt {
                source: "deposit(amount: u64)".to_owned(),
                changed: 19..19,
            }),
            new: Some(Excerpt {
                source: "deposit(amount: u64, memo: Option<String>)".to_owned(),
                changed: 21..41,
            }),
            place: Place {
                side: Side::New,
                pointer: "/instructions/0/args/1".to_owned(),
            },
        },
        Finding {
            rule: &FIELD_APPENDED,
            severity: Severity::Conditional,
            subject: "Vault.limit".to_owned(),
            message: "`Vault` has a field more at its end: `limit`".to_owned(),
            condition: Some("every live Vault has at least 18 bytes of data".to_owned()),
            old: None,
            new: Some(Excerpt {
                source: "struct Vault {\n    value: u64,\n    limit: u64,\n}".to_owned(),
                changed: 35..46,
            }),
            place: Place {
                side: Side::Old,
                pointer: "/types/0/type/fields".to_owned(),
            },
        },
        Finding {
            rule: &INSTRUCTION_ADDED,
            severity: Severity::Notable,
            subject: "withdraw".to_owned(),
            message: "`withdraw` is new".to_owned(),
            condition: None,
            old: None,
            new: None,
            place: Place {
                side: Side::New,
                pointer: "/instructions/1".to_owned(),
            },
        },
    ]
}

pub fn document(name: &str, text: &str) -> Document {
    Document {
        read: ReadIdl {
            name: name.to_owned(),
            idl: serde_json::from_str(text).unwrap(),
            legacy: false,
            notes: vec![],
        },
        text: text.to_owned(),
        is_file: true,
    }
}

fn new_idl() -> String {
    OLD.replace(
        "\"args\": [{ \"name\": \"amount\", \"type\": \"u64\" }]",
        "\"args\": [\n        { \"name\": \"amount\", \"type\": \"u64\" },\n        \
         { \"name\": \"memo\", \"type\": { \"option\": \"string\" } }\n      ]",
    )
    .replace(
        "{ \"name\": \"value\", \"type\": \"u64\" }",
        "{ \"name\": \"value\", \"type\": \"u64\" }, { \"name\": \"limit\", \"type\": \"u64\" }",
    )
}

/// One release compared, none of its findings accepted.
pub fn check() -> Check {
    let judged = |finding| Judged {
        finding,
        accepted: None,
    };
    Check {
        new: document("new.json", &new_idl()),
        pairs: vec![Pair {
            old: document("old.json", OLD),
            findings: findings().into_iter().map(judged).collect(),
        }],
        stale: vec![],
        fail_on: Severity::Breaking,
    }
}

/// The same, with nothing found.
pub fn unchanged() -> Check {
    let mut check = check();
    check.pairs[0].findings.clear();
    check
}
