//! Changes of instructions, their arguments and what they return.

use {
    crate::mutation::{B, Mutation, N, Retyping, list, list_mut, name, named_mut, other_type},
    serde_json::{Value, json},
};

const ADDED: &str = "zz_new";

pub fn mutations(base: &Value) -> Vec<Mutation> {
    let mut all = vec![
        Mutation::new(
            "instruction added",
            "+instruction",
            N,
            &["instruction-added"],
            |json| {
                list_mut(json, "instructions")
                .push(json!({ "name": ADDED, "discriminator": [250, 251, 252, 253], "accounts": [], "args": [] }));
            },
        ),
        Mutation::new(
            "instructions in another order",
            "order of instructions",
            None,
            &[],
            |json| {
                list_mut(json, "instructions").reverse();
            },
        ),
    ];
    for instruction in list(base, "instructions") {
        let name = name(instruction);
        whole(&mut all, name);
        let args = list(instruction, "args");
        added(&mut all, name, args.len());
        for index in 0..args.len() {
            one(&mut all, name, args, index);
        }
        returned(&mut all, name, &instruction["returns"]);
    }
    all
}

fn place(name: &str) -> String {
    format!("instruction {name}")
}

/// A change of one instruction.
fn change(
    all: &mut Vec<Mutation>,
    name: &str,
    kind: &'static str,
    severity: Option<idl_compat::Severity>,
    rule: &'static str,
    apply: impl Fn(&mut Value) + 'static,
) {
    let rules: Vec<_> = (!rule.is_empty()).then_some(rule).into_iter().collect();
    let wanted = name.to_owned();
    all.push(Mutation::new(
        kind,
        place(name),
        severity,
        &rules,
        move |json| {
            apply(named_mut(json, "instructions", &wanted));
        },
    ));
}

fn whole(all: &mut Vec<Mutation>, name: &str) {
    let wanted = name.to_owned();
    all.push(Mutation::new(
        "instruction removed",
        place(name),
        B,
        &["instruction-removed"],
        move |json| {
            list_mut(json, "instructions").retain(|it| it["name"] != *wanted);
        },
    ));
    change(
        all,
        name,
        "instruction renamed",
        B,
        "instruction-renamed",
        |it| {
            it["name"] = "zz_renamed".into();
            it["discriminator"] = json!([240, 241, 242, 243, 244, 245, 246, 247]);
        },
    );
    change(
        all,
        name,
        "instruction renamed, same discriminator",
        N,
        "instruction-relabelled",
        |it| {
            it["name"] = format!("zz_{}", it["name"].as_str().unwrap()).into();
        },
    );
    change(
        all,
        name,
        "discriminator changed",
        B,
        "instruction-discriminator-changed",
        |it| {
            it["discriminator"] = json!([230, 231, 232]);
        },
    );
    change(all, name, "instruction docs changed", None, "", |it| {
        it["docs"] = json!(["Other words."])
    });
    let wanted = name.to_owned();
    let shadow = move |json: &mut Value| {
        let first = named_mut(json, "instructions", &wanted)["discriminator"][0].clone();
        list_mut(json, "instructions")
            .push(json!({ "name": ADDED, "discriminator": [first], "accounts": [], "args": [] }));
    };
    let rules = ["instruction-discriminator-shadowed"];
    all.push(
        Mutation::new("instruction shadowed", place(name), B, &rules, shadow)
            .touching("+instruction"),
    );
}

fn added(all: &mut Vec<Mutation>, name: &str, len: usize) {
    for (kind, ty) in [
        ("argument added at the end", json!("u8")),
        (
            "optional argument added at the end",
            json!({ "option": "u64" }),
        ),
        ("Vec argument added at the end", json!({ "vec": "pubkey" })),
    ] {
        change(all, name, kind, B, "argument-added", move |it| {
            list_mut(it, "args").push(json!({ "name": "zz", "type": ty }));
        });
    }
    for index in 0..len {
        change(
            all,
            name,
            "argument added in front of others",
            B,
            "argument-added",
            move |it| {
                list_mut(it, "args").insert(index, json!({ "name": "zz", "type": "u8" }));
            },
        );
    }
}

fn one(all: &mut Vec<Mutation>, instruction: &str, args: &[Value], index: usize) {
    let last = index + 1 == args.len();
    let (severity, rule) = if last {
        (N, "argument-removed-last")
    } else {
        (B, "argument-removed")
    };
    let kind = if last {
        "last argument removed"
    } else {
        "argument removed"
    };
    // Of a struct, every field is reported; removed with others behind it, its bytes are too.
    let is_struct = args[index]["type"].get("defined").is_some();
    change(
        all,
        instruction,
        kind,
        severity,
        if is_struct { "" } else { rule },
        move |it| {
            list_mut(it, "args").remove(index);
        },
    );
    if index > 0 {
        change(
            all,
            instruction,
            "all arguments but the first ones removed",
            N,
            "argument-removed-last",
            move |it| {
                list_mut(it, "args").truncate(index);
            },
        );
        change(
            all,
            instruction,
            "arguments swapped",
            B,
            "arguments-reordered",
            move |it| {
                list_mut(it, "args").swap(index - 1, index);
            },
        );
        change(
            all,
            instruction,
            "names of arguments swapped",
            B,
            "arguments-reordered",
            move |it| {
                let name = it["args"][index]["name"].take();
                it["args"][index]["name"] =
                    std::mem::replace(&mut it["args"][index - 1]["name"], name);
            },
        );
    }
    let was = name(&args[index]).to_owned();
    change(
        all,
        instruction,
        "argument renamed",
        N,
        if is_struct { "" } else { "argument-renamed" },
        move |it| {
            it["args"][index]["name"] = "zz".into();
            for account in list_mut(it, "accounts") {
                rename_seeds(account, &was);
            }
        },
    );
    let types: [Retyping; 4] = [
        ("argument retyped", other_type),
        ("argument in an Option", |ty| json!({ "option": ty })),
        ("argument in a Vec", |ty| json!({ "vec": ty })),
        ("argument in an array", |ty| json!({ "array": [ty, 2] })),
    ];
    for (kind, make) in types {
        change(
            all,
            instruction,
            kind,
            B,
            if is_struct { "" } else { "argument-retyped" },
            move |it| {
                it["args"][index]["type"] = make(&it["args"][index]["type"]);
            },
        );
    }
}

fn rename_seeds(account: &mut Value, was: &str) {
    if let Some(inner) = account.get_mut("accounts").and_then(Value::as_array_mut) {
        inner
            .iter_mut()
            .for_each(|account| rename_seeds(account, was));
    }
    let Some(seeds) = account
        .pointer_mut("/pda/seeds")
        .and_then(Value::as_array_mut)
    else {
        return;
    };
    for seed in seeds
        .iter_mut()
        .filter(|seed| seed["kind"] == "arg" && seed["path"] == *was)
    {
        seed["path"] = "zz".into();
    }
}

fn returned(all: &mut Vec<Mutation>, name: &str, returns: &Value) {
    if returns.is_null() {
        change(
            all,
            name,
            "returns something where it did not",
            None,
            "",
            |it| it["returns"] = "u64".into(),
        );
        return;
    }
    change(
        all,
        name,
        "returns nothing any more",
        B,
        "return-type-changed",
        |it| it["returns"] = Value::Null,
    );
    change(
        all,
        name,
        "returns another type",
        B,
        "return-type-changed",
        |it| {
            it["returns"] = other_type(&it["returns"]);
        },
    );
    change(
        all,
        name,
        "returns an Option",
        B,
        "return-type-changed",
        |it| {
            it["returns"] = json!({ "option": it["returns"] });
        },
    );
}
