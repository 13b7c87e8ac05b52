//! Changes of account types as a whole, events, errors, constants and the program.

use {
    crate::mutation::{B, C, Mutation, N, list, list_mut, name, named_mut},
    idl_compat::Severity,
    serde_json::{Value, json},
};

pub fn mutations(base: &Value) -> Vec<Mutation> {
    let mut all = Vec::new();
    lists(&mut all, base);
    account_types(&mut all, base);
    errors(&mut all, base);
    let mut whole = |kind, severity, rule: &'static str, apply: fn(&mut Value)| {
        let rules: Vec<_> = (!rule.is_empty()).then_some(rule).into_iter().collect();
        all.push(Mutation::new(kind, kind, severity, &rules, apply));
    };
    whole(
        "program's address changed",
        B,
        "program-address-changed",
        |json| {
            json["address"] = "Stake11111111111111111111111111111111111111".into();
        },
    );
    whole("version changed", None, "", |json| {
        json["metadata"]["version"] = "9.9.9".into()
    });
    whole("program docs changed", None, "", |json| {
        json["docs"] = json!(["Other words."])
    });
    whole("types in another order", None, "", |json| {
        list_mut(json, "types").reverse()
    });
    whole("a type that nothing uses", None, "", |json| {
        list_mut(json, "types")
            .push(json!({ "name": "Zz", "type": { "kind": "struct", "fields": [] } }));
    });
    whole("constant added", None, "", |json| {
        list_mut(json, "constants").push(json!({ "name": "ZZ", "type": "u8", "value": "1" }));
    });
    for constant in list(base, "constants") {
        let (wanted, place) = (
            name(constant).to_owned(),
            format!("constant {}", name(constant)),
        );
        let gone = wanted.clone();
        all.push(Mutation::new(
            "constant removed",
            &place,
            N,
            &["constant-removed"],
            move |json| {
                list_mut(json, "constants").retain(|it| it["name"] != *gone);
            },
        ));
        all.push(Mutation::new(
            "constant changed",
            &place,
            N,
            &["constant-changed"],
            move |json| {
                named_mut(json, "constants", &wanted)["value"] = "77".into();
            },
        ));
    }
    all
}

/// What account types and events have in common.
fn lists(all: &mut Vec<Mutation>, base: &Value) {
    let lists: [(_, _, _, Option<Severity>, _, _, _); 2] = [
        (
            "accounts",
            [
                "account type added",
                "account type removed",
                "account discriminator changed",
                "account type shadowed",
            ],
            "account-type-added",
            B,
            "account-type-removed",
            "account-discriminator-changed",
            "discriminator-prefix",
        ),
        (
            "events",
            [
                "event added",
                "event removed",
                "event discriminator changed",
                "event shadowed",
            ],
            "event-added",
            C,
            "event-removed",
            "event-discriminator-changed",
            "event-discriminator-shadowed",
        ),
    ];
    for (
        key,
        [added, removed, changed, shadowed],
        rule_added,
        severity,
        rule_removed,
        rule_changed,
        prefix,
    ) in lists
    {
        let add = move |json: &mut Value, discriminator: Value| {
            list_mut(json, key).push(json!({ "name": "Zz", "discriminator": discriminator }));
            list_mut(json, "types").push(
                json!({ "name": "Zz", "type": { "kind": "struct", "fields": [{ "name": "zz", "type": "u8" }] } }),
            );
        };
        let plain = move |json: &mut Value| add(json, json!([220, 221, 222, 223]));
        all.push(
            Mutation::new(added, "+type", N, &[rule_added], plain)
                .touching("a type that nothing uses"),
        );
        for it in list(base, key) {
            let wanted = name(it).to_owned();
            let place = format!("{key} {wanted}");
            let gone = wanted.clone();
            all.push(Mutation::new(
                removed,
                &place,
                severity,
                &[rule_removed],
                move |json| {
                    list_mut(json, key).retain(|it| it["name"] != *gone);
                },
            ));
            let other = wanted.clone();
            all.push(Mutation::new(
                changed,
                &place,
                B,
                &[rule_changed],
                move |json| {
                    named_mut(json, key, &other)["discriminator"] = json!([210, 211, 212]);
                },
            ));
            let shadow = move |json: &mut Value| {
                let first = named_mut(json, key, &wanted)["discriminator"][0].clone();
                add(json, json!([first]));
            };
            let mutation = Mutation::new(shadowed, &place, B, &[prefix], shadow);
            all.push(
                mutation
                    .touching("+type")
                    .touching("a type that nothing uses"),
            );
        }
    }
}

fn account_types(all: &mut Vec<Mutation>, base: &Value) {
    all.push(Mutation::new(
        "account types in another order",
        "order of accounts",
        None,
        &[],
        |json| {
            list_mut(json, "accounts").reverse();
        },
    ));
    let is_event = |name: &str| {
        list(base, "events")
            .iter()
            .any(|event| event["name"] == *name)
    };
    for account in list(base, "accounts")
        .iter()
        .filter(|account| !is_event(name(account)))
    {
        let fields = list(base, "types")
            .iter()
            .find(|def| name(def) == name(account));
        let is_empty = fields.is_none_or(|def| list(&def["type"], "fields").is_empty());
        if is_empty
            || base
                .to_string()
                .matches(&format!("{{\"name\":\"{}\"", name(account)))
                .count()
                > 2
        {
            continue;
        }
        let rename = |json: &mut Value, was: &str| {
            named_mut(json, "accounts", was)["name"] = "Zz".into();
            named_mut(json, "types", was)["name"] = "Zz".into();
        };
        let (wanted, place) = (
            name(account).to_owned(),
            format!("accounts {}", name(account)),
        );
        let was = wanted.clone();
        let renamed = Mutation::new(
            "account type renamed",
            &place,
            B,
            &["account-type-renamed"],
            move |json| {
                rename(json, &was);
                named_mut(json, "accounts", "Zz")["discriminator"] =
                    json!([200, 201, 202, 203, 204, 205, 206, 207]);
            },
        );
        let same = ["account-type-relabelled"];
        let relabelled = Mutation::new(
            "account type renamed, same discriminator",
            &place,
            N,
            &same,
            move |json| rename(json, &wanted),
        );
        for mutation in [renamed, relabelled] {
            let touching = mutation
                .touching(format!("type {}", name(account)))
                .touching("+type");
            all.push(touching.touching("a type that nothing uses"));
        }
    }
}

fn errors(all: &mut Vec<Mutation>, base: &Value) {
    let mut whole = |kind, severity, rule: &'static str, apply: fn(&mut Value)| {
        let rules: Vec<_> = (!rule.is_empty()).then_some(rule).into_iter().collect();
        all.push(Mutation::new(kind, "errors", severity, &rules, apply));
    };
    whole("error added", N, "error-added", |json| {
        list_mut(json, "errors").push(json!({ "code": 9_999, "name": "Zz" }));
    });
    let count = list(base, "errors").len();
    if count == 0 {
        return;
    }
    whole("error messages changed", None, "", |json| {
        list_mut(json, "errors")
            .iter_mut()
            .for_each(|it| it["msg"] = "other words".into());
    });
    whole("errors in another order", None, "", |json| {
        list_mut(json, "errors").reverse()
    });
    whole("last error removed", N, "error-removed", |json| {
        drop(list_mut(json, "errors").pop())
    });
    whole(
        "error inserted in front of others",
        B,
        "error-renumbered",
        |json| {
            let errors = list_mut(json, "errors");
            errors
                .iter_mut()
                .for_each(|it| it["code"] = (it["code"].as_u64().unwrap() + 1).into());
            errors.insert(0, json!({ "code": 6_000, "name": "Zz" }));
        },
    );
    whole("error with another name", B, "error-renumbered", |json| {
        json["errors"][0]["name"] = "Zz".into()
    });
    if count > 1 {
        whole("errors swapped", B, "error-renumbered", |json| {
            let code = json["errors"][0]["code"].take();
            json["errors"][0]["code"] = std::mem::replace(&mut json["errors"][1]["code"], code);
        });
    }
}
