//! Where the values of a defined type lie.

use {
    crate::mutation::{list, name},
    serde_json::Value,
    std::collections::BTreeSet,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Account,
    Event,
    Argument,
    Returned,
}

/// A use of a defined type.
#[derive(Clone, Debug)]
pub struct Use {
    pub role: Role,
    /// The account type, event or instruction.
    pub whose: String,
    /// Whether nothing lies behind the type's last field.
    pub last: bool,
    /// Whether it lies in a Vec, an Option, an array or an enum.
    pub inside: bool,
    pub zero_copy: bool,
    /// Whether the values of the whole vary in length.
    pub variable: bool,
}

/// Every use of the type with this name.
pub fn uses(idl: &Value, wanted: &str) -> Vec<Use> {
    let mut finder = Finder {
        idl,
        wanted,
        found: Vec::new(),
        open: BTreeSet::new(),
    };
    for (key, role) in [("accounts", Role::Account), ("events", Role::Event)] {
        for it in list(idl, key) {
            let zero_copy = finder.def(name(it))["serialization"] == "bytemuck";
            let ty = serde_json::json!({ "defined": { "name": name(it) } });
            let variable = finder.varies(&ty);
            finder.visit(
                &ty,
                &Use {
                    role,
                    whose: name(it).to_owned(),
                    last: true,
                    inside: false,
                    zero_copy,
                    variable,
                },
            );
        }
    }
    for instruction in list(idl, "instructions") {
        let whose = name(instruction).to_owned();
        let args = list(instruction, "args");
        let base = Use {
            role: Role::Argument,
            whose,
            last: true,
            inside: false,
            zero_copy: false,
            variable: false,
        };
        for (index, arg) in args.iter().enumerate() {
            let last = finder.is_end(args, index);
            finder.visit(
                &arg["type"],
                &Use {
                    last,
                    ..base.clone()
                },
            );
        }
        finder.visit(
            &instruction["returns"],
            &Use {
                role: Role::Returned,
                ..base
            },
        );
    }
    finder.found
}

struct Finder<'j> {
    idl: &'j Value,
    wanted: &'j str,
    found: Vec<Use>,
    open: BTreeSet<String>,
}

impl<'j> Finder<'j> {
    fn def(&self, wanted: &str) -> &'j Value {
        list(self.idl, "types")
            .iter()
            .find(|def| name(def) == wanted)
            .unwrap_or(&Value::Null)
    }

    fn visit(&mut self, ty: &Value, at: &Use) {
        let inside = Use {
            inside: true,
            last: false,
            ..at.clone()
        };
        for container in ["vec", "option"] {
            if let Some(inner) = ty.get(container) {
                self.visit(inner, &inside);
            }
        }
        if let Some(array) = ty.get("array") {
            self.visit(&array[0], &inside);
        }
        let Some(defined) = ty.pointer("/defined/name").and_then(Value::as_str) else {
            return;
        };
        if defined == self.wanted {
            self.found.push(at.clone());
        }
        if !self.open.insert(defined.to_owned()) {
            return;
        }
        let content = &self.def(defined)["type"];
        let fields = list(content, "fields");
        for (index, field) in fields.iter().enumerate() {
            let last = at.last && self.is_end(fields, index);
            self.visit(
                field.get("type").unwrap_or(field),
                &Use { last, ..at.clone() },
            );
        }
        for variant in list(content, "variants") {
            for field in list(variant, "fields") {
                self.visit(field.get("type").unwrap_or(field), &inside);
            }
        }
        if let Some(alias) = content.get("alias") {
            self.visit(alias, at);
        }
        self.open.remove(defined);
    }

    /// Whether no field behind this one takes bytes.
    fn is_end(&self, fields: &[Value], index: usize) -> bool {
        fields[index + 1..].iter().all(|field| {
            let ty = field.get("type").unwrap_or(field);
            let defined = ty.pointer("/defined/name").and_then(Value::as_str);
            defined.is_some_and(|name| {
                let content = &self.def(name)["type"];
                content["kind"] == "struct" && list(content, "fields").is_empty()
            })
        })
    }

    fn varies(&self, ty: &Value) -> bool {
        if ty == "string" || ty == "bytes" || ty.get("vec").is_some() || ty.get("option").is_some()
        {
            return true;
        }
        if let Some(array) = ty.get("array") {
            return self.varies(&array[0]);
        }
        let Some(defined) = ty.pointer("/defined/name").and_then(Value::as_str) else {
            return false;
        };
        let content = &self.def(defined)["type"];
        let variants = list(content, "variants");
        list(content, "fields")
            .iter()
            .any(|field| self.varies(field.get("type").unwrap_or(field)))
            || variants
                .iter()
                .any(|variant| !list(variant, "fields").is_empty())
            || content.get("alias").is_some_and(|alias| self.varies(alias))
    }
}
