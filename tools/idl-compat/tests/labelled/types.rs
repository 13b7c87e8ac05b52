//! Changes of types: what they mean depends on where the type is used.

use {
    crate::{
        mutation::{B, C, Mutation, N, Retyping, list, list_mut, name, named_mut, other_type},
        uses::{Role, Use, uses},
    },
    idl_compat::Severity,
    serde_json::{Value, json},
};

/// What a change does to the bytes of the type.
#[derive(Clone, Copy)]
enum Effect {
    /// There are more at the end.
    Longer,
    /// There are fewer at the end.
    Shorter,
    /// Others are in their place.
    Other,
    /// They are the same, under another name.
    Renamed,
    /// An enum has a new last variant.
    Variant,
}

type Verdict = (Option<Severity>, Vec<&'static str>);

/// The verdict on one use.
fn verdict(effect: Effect, at: &Use, rule: &'static str) -> Verdict {
    let open = at.last && !at.inside;
    match (effect, at.role) {
        (Effect::Longer, Role::Account) if open && at.zero_copy => {
            (B, vec!["account-size-increased"])
        }
        (Effect::Longer, Role::Account) if open && at.variable => {
            (C, vec!["field-appended-after-option"])
        }
        (Effect::Longer, Role::Account) if open => (C, vec!["field-appended"]),
        (Effect::Longer, Role::Event) if open => (N, vec!["event-field-appended"]),
        (Effect::Shorter, Role::Account) if open => (C, vec!["field-removed-last"]),
        (Effect::Shorter, Role::Argument) if open => (N, vec!["argument-removed-last"]),
        (Effect::Variant, Role::Account | Role::Event) => (C, vec!["enum-variant-appended"]),
        (Effect::Variant, Role::Argument) => (N, vec!["argument-variant-appended"]),
        (Effect::Renamed, Role::Returned) => (None, vec![]),
        (Effect::Renamed, Role::Argument) => (N, vec!["argument-renamed", "enum-variant-renamed"]),
        (Effect::Renamed, Role::Account | Role::Event) => {
            (N, vec!["field-renamed", "enum-variant-renamed"])
        }
        (_, Role::Returned) => (B, vec!["return-type-changed"]),
        (_, role) if rule.starts_with("enum-") => {
            (B, of_role(role, &[rule, "enum-variant-changed"]))
        }
        // Of a struct, every field is reported.
        (_, Role::Account) => (
            B,
            vec![
                rule,
                "enum-variant-changed",
                "field-removed",
                "field-retyped",
                "serialization-changed",
                "account-size-increased",
            ],
        ),
        (_, Role::Event) => (B, vec!["event-fields-changed", "enum-variant-changed"]),
        (_, Role::Argument) => (
            B,
            vec![
                "argument-retyped",
                "arguments-reordered",
                "argument-removed",
                "enum-variant-changed",
            ],
        ),
    }
}

fn of_role(role: Role, rules: &[&'static str]) -> Vec<&'static str> {
    let more = match role {
        Role::Account => "field-retyped",
        Role::Event => "event-fields-changed",
        Role::Argument | Role::Returned => "argument-retyped",
    };
    rules.iter().copied().chain([more]).collect()
}

/// Collects the changes of one type.
struct TypeMutations<'m> {
    all: &'m mut Vec<Mutation>,
    name: String,
    uses: Vec<Use>,
}

pub fn mutations(base: &Value) -> Vec<Mutation> {
    let mut all = Vec::new();
    for def in list(base, "types") {
        let mut of = TypeMutations {
            all: &mut all,
            name: name(def).to_owned(),
            uses: uses(base, name(def)),
        };
        of.change("type docs changed", Effect::Other, "", |def| {
            def["docs"] = json!(["Other words."])
        });
        of.all.last_mut().unwrap().severity = None;
        of.all.last_mut().unwrap().rules.clear();
        let fields = list(&def["type"], "fields");
        let is_named = fields.iter().all(|field| field.get("name").is_some());
        if def["type"]["kind"] == "struct" && is_named {
            of.fields(fields);
            if fields.len() > 1
                && def.get("generics").is_none()
                && !of.uses.iter().any(|at| at.zero_copy)
            {
                of.nested();
            }
            of.assumptions(fields);
            of.encoding(def);
        }
        let variants = list(&def["type"], "variants");
        if !variants.is_empty() {
            of.variants(variants);
        }
        of.names(base);
    }
    all
}

impl TypeMutations<'_> {
    fn change(
        &mut self,
        kind: &'static str,
        effect: Effect,
        rule: &'static str,
        apply: impl Fn(&mut Value) + 'static,
    ) -> &mut Mutation {
        let verdicts: Vec<Verdict> = self
            .uses
            .iter()
            .map(|at| verdict(effect, at, rule))
            .collect();
        let severity = verdicts
            .iter()
            .map(|(severity, _)| *severity)
            .max()
            .flatten();
        let worst = verdicts.into_iter().filter(|(of, _)| *of == severity);
        let rules: Vec<_> = worst
            .flat_map(|(_, rules)| rules)
            .filter(|rule| !rule.is_empty())
            .collect();
        let wanted = self.name.clone();
        let mut mutation = Mutation::new(
            kind,
            format!("type {wanted}"),
            severity,
            &rules,
            move |json| {
                apply(named_mut(json, "types", &wanted));
            },
        );
        for at in &self.uses {
            mutation = mutation.touching(match at.role {
                Role::Account => format!("accounts {}", at.whose),
                Role::Event => format!("events {}", at.whose),
                Role::Argument | Role::Returned => format!("instruction {}", at.whose),
            });
        }
        self.all.push(mutation);
        self.all.last_mut().unwrap()
    }

    fn fields(&mut self, fields: &[Value]) {
        let len = fields.len();
        for (kind, ty) in [
            ("field appended", json!("u64")),
            ("Option appended", json!({ "option": "u8" })),
            ("Vec appended", json!({ "vec": "pubkey" })),
        ] {
            if self.uses.iter().any(|at| at.zero_copy) && ty != "u64" {
                continue;
            }
            self.change(kind, Effect::Longer, "field-inserted", move |def| {
                list_mut(&mut def["type"], "fields").push(json!({ "name": "zz", "type": ty }));
            });
        }
        for index in 0..len {
            self.change(
                "field inserted",
                Effect::Other,
                "field-inserted",
                move |def| {
                    list_mut(&mut def["type"], "fields")
                        .insert(index, json!({ "name": "zz", "type": "u64" }));
                },
            );
            let (effect, kind) = if index + 1 == len {
                (Effect::Shorter, "last field removed")
            } else {
                (Effect::Other, "field removed")
            };
            self.change(kind, effect, "field-removed", move |def| {
                list_mut(&mut def["type"], "fields").remove(index);
            });
            self.field(fields, index);
        }
        let array_len = |field: &Value| field.pointer("/type/array/1").and_then(Value::as_u64);
        if let Some(len) = fields.last().and_then(array_len) {
            let at = fields.len() - 1;
            for (kind, effect, len) in [
                ("last array longer", Effect::Longer, len + 8),
                ("last array shorter", Effect::Shorter, len - 1),
            ] {
                self.change(kind, effect, "field-retyped", move |def| {
                    def["type"]["fields"][at]["type"]["array"][1] = len.into();
                });
            }
        }
    }

    fn field(&mut self, fields: &[Value], index: usize) {
        let is_struct = fields[index]["type"].get("defined").is_some();
        let rename =
            |def: &mut Value, index: usize| def["type"]["fields"][index]["name"] = "zz".into();
        let renamed = self.change("field renamed", Effect::Renamed, "", move |def| {
            rename(def, index)
        });
        if is_struct {
            // A struct without fields has no bytes to speak of.
            renamed.rules.clear();
        }
        self.change("field docs changed", Effect::Other, "", move |def| {
            def["type"]["fields"][index]["docs"] = json!(["Other words."]);
        });
        let docs = self.all.last_mut().unwrap();
        (docs.severity, docs.rules) = (None, vec![]);
        if index > 0 {
            self.change(
                "fields swapped",
                Effect::Other,
                "fields-reordered",
                move |def| {
                    list_mut(&mut def["type"], "fields").swap(index - 1, index);
                },
            );
            self.change(
                "names of fields swapped",
                Effect::Other,
                "fields-reordered",
                move |def| {
                    let name = def["type"]["fields"][index]["name"].take();
                    let other =
                        std::mem::replace(&mut def["type"]["fields"][index - 1]["name"], name);
                    def["type"]["fields"][index]["name"] = other;
                },
            );
        }
        let types: [Retyping; 4] = [
            ("field retyped", other_type),
            ("field in an Option", |ty| json!({ "option": ty })),
            ("field in a Vec", |ty| json!({ "vec": ty })),
            ("field in an array", |ty| json!({ "array": [ty, 2] })),
        ];
        for (kind, make) in types {
            self.change(kind, Effect::Other, "field-retyped", move |def| {
                let ty = &mut def["type"]["fields"][index]["type"];
                *ty = make(ty);
            });
        }
        if index + 1 < fields.len()
            && fields[index]
                .pointer("/type/array/1")
                .is_some_and(Value::is_u64)
        {
            self.change(
                "array longer with fields behind",
                Effect::Other,
                "field-retyped",
                move |def| {
                    let len = &mut def["type"]["fields"][index]["type"]["array"][1];
                    *len = (len.as_u64().unwrap() + 8).into();
                },
            );
        }
        self.reserved(&fields[index], index);
    }

    fn reserved(&mut self, field: &Value, index: usize) {
        let is_reserved = ["reserved", "padding"]
            .iter()
            .any(|word| name(field).contains(word));
        let len = field
            .pointer("/type/array/1")
            .and_then(Value::as_u64)
            .unwrap_or(0);
        if !is_reserved || len < 2 || self.uses.iter().any(|at| at.role != Role::Account) {
            return;
        }
        for at in [index, index + 1] {
            let kind = "reserved bytes used";
            let mutation = self.change(kind, Effect::Other, "reserved-bytes-used", move |def| {
                def["type"]["fields"][index]["type"]["array"][1] = (len - 1).into();
                list_mut(&mut def["type"], "fields")
                    .insert(at, json!({ "name": "zz", "type": "u8" }));
            });
            mutation.severity = C;
            mutation.rules = vec!["reserved-bytes-used"];
        }
    }

    /// The same bytes in a struct of their own, or under another type's name.
    fn nested(&mut self) {
        let owner = self.name.clone();
        let nest = move |json: &mut Value| {
            let fields = list_mut(&mut named_mut(json, "types", &owner)["type"], "fields");
            let inner: Vec<Value> = fields.drain(..2).collect();
            fields.insert(
                0,
                json!({ "name": "zz", "type": { "defined": { "name": "Zz" } } }),
            );
            list_mut(json, "types")
                .push(json!({ "name": "Zz", "type": { "kind": "struct", "fields": inner } }));
        };
        self.change("fields put into a struct", Effect::Renamed, "", |_| {})
            .apply = Box::new(nest);
        self.of_new_type();
        let owner = self.name.clone();
        let alias = move |json: &mut Value| {
            let ty = &mut named_mut(json, "types", &owner)["type"]["fields"][1]["type"];
            let was = std::mem::replace(ty, json!({ "defined": { "name": "Zz" } }));
            list_mut(json, "types")
                .push(json!({ "name": "Zz", "type": { "kind": "type", "alias": was } }));
        };
        self.change("type of a field is an alias", Effect::Renamed, "", |_| {})
            .apply = Box::new(alias);
        self.of_new_type();
        let last = self.all.last_mut().unwrap();
        (last.severity, last.rules) = (None, vec![]);
        let owner = self.name.clone();
        let generic = move |json: &mut Value| {
            let ty = &mut named_mut(json, "types", &owner)["type"]["fields"][1]["type"];
            let arg = json!({ "kind": "type", "type": ty });
            *ty = json!({ "defined": { "name": "Zz", "generics": [arg] } });
            list_mut(json, "types").push(json!({
                "name": "Zz",
                "generics": [{ "kind": "type", "name": "T" }],
                "type": { "kind": "struct", "fields": [{ "name": "zz", "type": { "generic": "T" } }] },
            }));
        };
        self.change(
            "field in a generic struct of one field",
            Effect::Renamed,
            "",
            |_| {},
        )
        .apply = Box::new(generic);
        self.of_new_type();
    }

    fn of_new_type(&mut self) {
        let last = self.all.pop().unwrap();
        self.all
            .push(last.touching("+type").touching("a type that nothing uses"));
    }

    /// What assumptions about accounts decide.
    fn assumptions(&mut self, fields: &[Value]) {
        let [at] = &self.uses[..] else { return };
        if at.role != Role::Account || at.whose != self.name || fields.is_empty() {
            return;
        }
        let (zero_copy, variable) = (at.zero_copy, at.variable);
        let append: fn(&mut Value) = |def| {
            list_mut(&mut def["type"], "fields").push(json!({ "name": "zz", "type": "u64" }));
        };
        let pop: fn(&mut Value) = |def| drop(list_mut(&mut def["type"], "fields").pop());
        let appended = ["field-appended", "field-appended-after-option"];
        let removed = ["field-removed-last"];
        let spare = "allocated = 100000\nzero_filled = true";
        let garbage = "allocated = 100000\nzero_filled = false";
        let short = "field appended, live accounts too short";
        self.with(
            "field appended, no live account",
            append,
            "live = false",
            N,
            &appended,
        );
        self.with(
            short,
            append,
            "allocated = 9",
            B,
            &["account-size-increased"],
        );
        self.with(
            "last field removed, new accounts too short",
            pop,
            "created = 8",
            B,
            &removed,
        );
        if !variable {
            self.with("field appended, spare zeros", append, spare, N, &appended);
            self.with(
                "last field removed, size kept",
                pop,
                "created = 100000",
                N,
                &removed,
            );
        }
        if !zero_copy {
            self.with(
                "field appended before garbage",
                append,
                garbage,
                B,
                &appended,
            );
        }
    }

    /// A change whose verdict a assumption decides.
    fn with(
        &mut self,
        kind: &'static str,
        apply: fn(&mut Value),
        assumptions: &str,
        severity: Option<Severity>,
        rules: &[&'static str],
    ) {
        let assumptions = format!("[accounts.{}]\n{assumptions}\n", self.name);
        self.change(kind, Effect::Other, "", apply);
        let mut mutation = self.all.pop().unwrap();
        (mutation.severity, mutation.rules) = (severity, rules.to_vec());
        self.all.push(mutation.assumptions(assumptions));
    }

    fn encoding(&mut self, def: &Value) {
        let Some(at) = self
            .uses
            .iter()
            .find(|at| at.role == Role::Account && at.whose == self.name)
        else {
            return;
        };
        let (zero_copy, variable) = (at.zero_copy, at.variable);
        if zero_copy {
            self.change(
                "alignment changed",
                Effect::Other,
                "serialization-changed",
                |def| def["repr"]["align"] = 512.into(),
            );
        } else if variable {
            self.change(
                "Borsh becomes zero-copy",
                Effect::Other,
                "serialization-changed",
                |def| {
                    def["serialization"] = "bytemuck".into();
                    def["repr"] = json!({ "kind": "c" });
                },
            );
        }
        if zero_copy
            && list(&def["type"], "fields")
                .iter()
                .any(|field| name(field) == "behind_padding")
        {
            self.change("packed", Effect::Other, "serialization-changed", |def| {
                def["repr"]["packed"] = true.into()
            });
            self.change(
                "zero-copy becomes Borsh",
                Effect::Other,
                "serialization-changed",
                |def| {
                    def["serialization"] = "borsh".into();
                    def["repr"] = Value::Null;
                },
            );
            self.change(
                "repr(C) removed",
                Effect::Other,
                "serialization-changed",
                |def| def["repr"] = Value::Null,
            );
        }
    }

    fn variants(&mut self, variants: &[Value]) {
        let len = variants.len();
        for (kind, fields) in [
            ("variant appended", Value::Null),
            ("variant with fields appended", json!(["u8"])),
        ] {
            self.change(kind, Effect::Variant, "", move |def| {
                list_mut(&mut def["type"], "variants")
                    .push(json!({ "name": "Zz", "fields": fields }));
            });
        }
        for index in 0..len {
            self.change(
                "variant inserted",
                Effect::Other,
                "enum-variant-inserted",
                move |def| {
                    list_mut(&mut def["type"], "variants").insert(index, json!({ "name": "Zz" }));
                },
            );
            if len > 1 {
                self.change(
                    "variant removed",
                    Effect::Other,
                    "enum-variant-removed",
                    move |def| {
                        list_mut(&mut def["type"], "variants").remove(index);
                    },
                );
            }
            if index > 0 {
                self.change(
                    "variants swapped",
                    Effect::Other,
                    "enum-variants-reordered",
                    move |def| {
                        list_mut(&mut def["type"], "variants").swap(index - 1, index);
                    },
                );
            }
            self.change("variant renamed", Effect::Renamed, "", move |def| {
                def["type"]["variants"][index]["name"] = "Zz".into();
            });
            let fields = list(&variants[index], "fields");
            let is_named = fields.iter().all(|field| field.get("name").is_some());
            self.change(
                "variant has a field more",
                Effect::Other,
                "enum-variant-changed",
                move |def| {
                    let fields = list_mut(&mut def["type"]["variants"][index], "fields");
                    fields.push(if is_named {
                        json!({ "name": "zz", "type": "u8" })
                    } else {
                        json!("u8")
                    });
                },
            );
            for at in 0..fields.len() {
                self.variant_field(index, at, is_named);
            }
        }
    }

    fn variant_field(&mut self, variant: usize, at: usize, is_named: bool) {
        self.change(
            "variant has a field less",
            Effect::Other,
            "enum-variant-changed",
            move |def| {
                list_mut(&mut def["type"]["variants"][variant], "fields").remove(at);
            },
        );
        self.change(
            "field of a variant retyped",
            Effect::Other,
            "enum-variant-changed",
            move |def| {
                let field = &mut def["type"]["variants"][variant]["fields"][at];
                let ty = if is_named { &mut field["type"] } else { field };
                *ty = other_type(ty);
            },
        );
        if is_named {
            self.change(
                "field of a variant renamed",
                Effect::Renamed,
                "",
                move |def| {
                    def["type"]["variants"][variant]["fields"][at]["name"] = "zz".into();
                },
            );
        }
    }

    /// Names of types are nothing that clients send or accounts hold.
    fn names(&mut self, base: &Value) {
        let is_root = |key| list(base, key).iter().any(|it| name(it) == self.name);
        if is_root("accounts") || is_root("events") {
            return;
        }
        let was = self.name.clone();
        let rename = move |json: &mut Value| {
            named_mut(json, "types", &was)["name"] = "Zz".into();
            let text = json
                .to_string()
                .replace(&format!("{{\"name\":\"{was}\"}}"), "{\"name\":\"Zz\"}");
            let text = text.replace(&format!("\"name\":\"{was}\"}}}}"), "\"name\":\"Zz\"}}");
            *json = serde_json::from_str(&text).unwrap();
        };
        if list(base, "types")
            .iter()
            .any(|def| name(def) == self.name && def.get("generics").is_some())
        {
            return;
        }
        self.change("type renamed", Effect::Other, "", |_| {});
        let mut mutation = self.all.pop().unwrap();
        (mutation.severity, mutation.rules) = (None, vec![]);
        mutation.apply = Box::new(rename);
        self.all.push(mutation);
        self.of_new_type();
    }
}
