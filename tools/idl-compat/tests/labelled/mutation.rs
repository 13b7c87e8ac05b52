//! A change to an IDL, and what is right to say of it.

use {idl_compat::Severity, serde_json::Value, std::collections::BTreeSet};

pub const N: Option<Severity> = Some(Severity::Notable);
pub const C: Option<Severity> = Some(Severity::Conditional);
pub const B: Option<Severity> = Some(Severity::Breaking);

/// A change with a name: what a type becomes.
pub type Retyping = (&'static str, fn(&Value) -> Value);

pub struct Mutation {
    pub kind: &'static str,
    /// Where it is made.
    pub place: String,
    pub apply: Box<dyn Fn(&mut Value)>,
    /// TOML
    pub assumptions: String,
    /// Of the worst finding; `None`: there is none.
    pub severity: Option<Severity>,
    /// One of these rules is reported.
    pub rules: Vec<&'static str>,
    /// What must not be changed otherwise for the label to hold.
    pub touches: BTreeSet<String>,
}

impl Mutation {
    pub fn new(
        kind: &'static str,
        place: impl Into<String>,
        severity: Option<Severity>,
        rules: &[&'static str],
        apply: impl Fn(&mut Value) + 'static,
    ) -> Self {
        let place = place.into();
        Self {
            kind,
            touches: BTreeSet::from([place.clone()]),
            place,
            apply: Box::new(apply),
            assumptions: String::new(),
            severity,
            rules: rules.to_vec(),
        }
    }

    pub fn touching(mut self, other: impl Into<String>) -> Self {
        self.touches.insert(other.into());
        self
    }

    pub fn assumptions(mut self, assumptions: impl Into<String>) -> Self {
        self.assumptions = assumptions.into();
        self.touching("assumptions")
    }
}

/// The elements of a list; none if there is no list.
pub fn list<'j>(json: &'j Value, key: &str) -> &'j [Value] {
    json.get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// A list, made if there is none.
pub fn list_mut<'j>(json: &'j mut Value, key: &str) -> &'j mut Vec<Value> {
    if json.get(key).is_none_or(Value::is_null) {
        json[key] = Value::Array(Vec::new());
    }
    json[key].as_array_mut().unwrap()
}

pub fn name(json: &Value) -> &str {
    json["name"].as_str().unwrap_or_default()
}

/// The element of a list with this name.
pub fn named_mut<'j>(json: &'j mut Value, key: &str, wanted: &str) -> &'j mut Value {
    list_mut(json, key)
        .iter_mut()
        .find(|it| name(it) == wanted)
        .unwrap()
}

/// A type that no other is read as.
pub fn other_type(ty: &Value) -> Value {
    if ty == "i16" {
        "u32".into()
    } else {
        "i16".into()
    }
}
