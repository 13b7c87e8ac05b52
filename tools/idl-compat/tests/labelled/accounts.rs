//! Changes of the accounts that instructions take.

use {
    crate::mutation::{B, C, Mutation, N, list, list_mut, name, named_mut},
    idl_compat::Severity,
    serde_json::{Value, json},
};

const ADDRESS: &str = "So11111111111111111111111111111111111111112";

pub fn mutations(base: &Value) -> Vec<Mutation> {
    let mut all = Vec::new();
    for instruction in list(base, "instructions") {
        let mut of = InstructionMutations {
            all: &mut all,
            instruction: name(instruction).to_owned(),
        };
        let accounts = list(instruction, "accounts");
        of.added(accounts.len());
        for (index, account) in accounts.iter().enumerate() {
            of.place(accounts, index);
            if account.get("accounts").is_none() {
                of.flags(account, index);
                of.address(account, index);
            }
        }
    }
    all
}

/// Collects the changes of one instruction.
struct InstructionMutations<'m> {
    all: &'m mut Vec<Mutation>,
    instruction: String,
}

impl InstructionMutations<'_> {
    fn change(
        &mut self,
        kind: &'static str,
        severity: Option<Severity>,
        rule: &'static str,
        apply: impl Fn(&mut Vec<Value>) + 'static,
    ) -> &mut Mutation {
        let wanted = self.instruction.clone();
        let rules: Vec<_> = (!rule.is_empty()).then_some(rule).into_iter().collect();
        self.all.push(Mutation::new(
            kind,
            format!("instruction {wanted}"),
            severity,
            &rules,
            move |json| {
                apply(list_mut(
                    named_mut(json, "instructions", &wanted),
                    "accounts",
                ));
            },
        ));
        self.all.last_mut().unwrap()
    }

    /// A change of one account.
    fn one(
        &mut self,
        index: usize,
        kind: &'static str,
        severity: Option<Severity>,
        rule: &'static str,
        apply: impl Fn(&mut Value) + 'static,
    ) {
        self.change(kind, severity, rule, move |accounts| {
            apply(&mut accounts[index])
        });
    }

    fn assumptions(&mut self, assumptions: &str, program: &str) {
        let text = format!(
            "{program}[instructions.{}]\n{assumptions}\n",
            self.instruction
        );
        let last = self.all.pop().unwrap();
        self.all.push(last.assumptions(text));
    }

    fn added(&mut self, len: usize) {
        let append =
            |account: Value| move |accounts: &mut Vec<Value>| accounts.push(account.clone());
        let required = append(json!({ "name": "zz" }));
        let optional = append(json!({ "name": "zz", "optional": true }));
        self.change(
            "account added at the end",
            B,
            "account-added",
            required.clone(),
        );
        self.change(
            "account added at the end that clients send",
            N,
            "account-added",
            required.clone(),
        );
        self.assumptions("clients_send = [\"zz\"]", "");
        self.change(
            "account added at the end where clients pass none",
            B,
            "account-added",
            required,
        );
        self.assumptions("remaining_accounts = false", "");
        self.change(
            "optional account added at the end",
            C,
            "optional-account-added",
            optional.clone(),
        );
        let feature = "[program]\nallow_missing_optionals = true\n";
        self.change(
            "optional account added, nothing passed there",
            N,
            "optional-account-added",
            optional.clone(),
        );
        self.assumptions("remaining_accounts = false", feature);
        self.change(
            "optional account added where others are passed",
            B,
            "optional-account-added",
            optional.clone(),
        );
        self.assumptions("remaining_accounts = true", feature);
        self.change(
            "optional account added without the feature",
            B,
            "optional-account-added",
            optional,
        );
        self.assumptions(
            "remaining_accounts = false",
            "[program]\nallow_missing_optionals = false\n",
        );
        for index in 0..len {
            for optional in [false, true] {
                self.change(
                    "account added in front of others",
                    B,
                    "account-added",
                    move |accounts| {
                        accounts.insert(index, json!({ "name": "zz", "optional": optional }));
                    },
                );
            }
        }
    }

    fn place(&mut self, accounts: &[Value], index: usize) {
        let is_group = accounts[index].get("accounts").is_some();
        if index + 1 < accounts.len() {
            self.change("account removed", B, "account-removed", move |accounts| {
                drop(accounts.remove(index))
            });
            self.change(
                "accounts swapped",
                B,
                "accounts-reordered",
                move |accounts| accounts.swap(index, index + 1),
            );
            self.change("names of accounts swapped", B, "", move |accounts| {
                let name = accounts[index]["name"].take();
                accounts[index]["name"] = std::mem::replace(&mut accounts[index + 1]["name"], name);
            });
        } else {
            self.change(
                "last account removed",
                C,
                "account-removed-last",
                |accounts| drop(accounts.pop()),
            );
            self.change(
                "last account removed, handler reads no others",
                N,
                "account-removed-last",
                |accounts| {
                    drop(accounts.pop());
                },
            );
            self.assumptions("uses_remaining_accounts = false", "");
            self.change(
                "last account removed, handler reads others",
                B,
                "account-removed-last",
                |accounts| {
                    drop(accounts.pop());
                },
            );
            self.assumptions("uses_remaining_accounts = true", "");
        }
        self.one(index, "account docs changed", None, "", |it| {
            it["docs"] = json!(["Other words."])
        });
        let group = move |accounts: &mut Vec<Value>| {
            let inner: Vec<Value> = accounts.drain(..=index).collect();
            accounts.insert(0, json!({ "name": "zz", "accounts": inner }));
        };
        self.change(
            "accounts put into a composite",
            N,
            "account-relabelled",
            group,
        );
        if is_group {
            self.change(
                "composite taken apart",
                N,
                "account-relabelled",
                move |accounts| {
                    let group = accounts.remove(index);
                    for account in list(&group, "accounts").iter().rev() {
                        accounts.insert(index, account.clone());
                    }
                },
            );
            return;
        }
        let was = name(&accounts[index]).to_owned();
        self.change(
            "account renamed",
            N,
            "account-relabelled",
            move |accounts| {
                accounts[index]["name"] = "zz".into();
                accounts
                    .iter_mut()
                    .for_each(|account| rename(account, &was));
            },
        );
    }

    fn flags(&mut self, account: &Value, index: usize) {
        for (flag, set, rule_set, cleared, rule_cleared) in [
            (
                "writable",
                "made writable",
                "account-made-writable",
                "made read-only",
                "account-made-read-only",
            ),
            (
                "signer",
                "signer added",
                "signer-added",
                "signer removed",
                "signer-removed",
            ),
        ] {
            if account[flag] == true {
                self.one(index, cleared, N, rule_cleared, move |it| {
                    it[flag] = false.into()
                });
            } else {
                self.one(index, set, B, rule_set, move |it| it[flag] = true.into());
            }
        }
        if account["optional"] == true {
            self.one(index, "made required", B, "account-made-required", |it| {
                it["optional"] = false.into()
            });
        } else {
            self.one(index, "made optional", N, "account-made-optional", |it| {
                it["optional"] = true.into()
            });
        }
    }

    fn address(&mut self, account: &Value, index: usize) {
        let rule = "account-address-changed";
        if account.get("address").is_some() {
            self.one(
                index,
                "address removed",
                N,
                "account-address-removed",
                |it| it["address"] = Value::Null,
            );
            self.one(index, "address changed", B, rule, |it| {
                it["address"] = ADDRESS.into()
            });
        } else {
            self.one(index, "address added", B, rule, |it| {
                it["address"] = ADDRESS.into()
            });
        }
        let seed = json!({ "kind": "const", "value": [122, 122] });
        if account.get("pda").is_some() {
            self.one(index, "seeds removed", N, "pda-seeds-removed", |it| {
                it["pda"] = Value::Null
            });
            let first = seed.clone();
            self.one(index, "seed changed", B, "pda-seeds-changed", move |it| {
                it["pda"]["seeds"][0] = first.clone()
            });
            let more = seed.clone();
            self.one(index, "seed added", B, "pda-seeds-changed", move |it| {
                list_mut(&mut it["pda"], "seeds").push(more.clone());
            });
            self.one(
                index,
                "seeds of another program",
                B,
                "pda-seeds-changed",
                move |it| {
                    it["pda"]["program"] = seed.clone();
                },
            );
        } else {
            self.one(index, "seeds added", C, "pda-seeds-added", move |it| {
                it["pda"] = json!({ "seeds": [seed] })
            });
        }
        let relations = list(account, "relations");
        self.one(index, "relation added", C, "account-relation-added", |it| {
            list_mut(it, "relations").push("zz".into())
        });
        if !relations.is_empty() {
            self.one(index, "relation removed", None, "", |it| {
                it["relations"] = json!([])
            });
        }
    }
}

/// Seeds and relations name the account by its new name.
fn rename(account: &mut Value, was: &str) {
    if let Some(inner) = account.get_mut("accounts").and_then(Value::as_array_mut) {
        inner.iter_mut().for_each(|account| rename(account, was));
    }
    if let Some(relations) = account.get_mut("relations").and_then(Value::as_array_mut) {
        relations
            .iter_mut()
            .filter(|it| **it == *was)
            .for_each(|it| *it = "zz".into());
    }
    let Some(pda) = account.get_mut("pda").filter(|pda| pda.is_object()) else {
        return;
    };
    let program = pda.get("program").cloned();
    if let Some(mut program) = program {
        rename_seed(&mut program, was);
        pda["program"] = program;
    }
    list_mut(pda, "seeds")
        .iter_mut()
        .for_each(|seed| rename_seed(seed, was));
}

fn rename_seed(seed: &mut Value, was: &str) {
    if seed["kind"] != "account" {
        return;
    }
    let path = seed["path"].as_str().unwrap_or_default().to_owned();
    let (first, rest) = path
        .split_once('.')
        .map_or((path.as_str(), ""), |(first, rest)| (first, rest));
    if first == was {
        seed["path"] = if rest.is_empty() {
            "zz".to_owned()
        } else {
            format!("zz.{rest}")
        }
        .into();
    }
}
