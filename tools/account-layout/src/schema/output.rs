//! What becomes of the values that a decoder meets: their length alone, text, or JSON.

use {
    super::{
        scalar::{Scalar, hex},
        ty::{Part, are_named},
    },
    serde_json::{Map, Value, json},
};

/// Makes something of values, the innermost first.
pub trait Output {
    type Value;

    /// Whether values that cannot be wrong may be passed over.
    const MEASURES: bool = false;

    /// A value of a type without parts, which has this name.
    fn plain(&self, name: &str, bytes: &[u8]) -> Self::Value;
    fn string(&self, text: &str) -> Self::Value;
    fn none(&self) -> Self::Value;
    /// `nested` of an `Option` in an `Option`.
    fn some(&self, value: Self::Value, nested: bool) -> Self::Value;
    /// A list of `u8`.
    fn bytes(&self, bytes: &[u8]) -> Self::Value;
    fn list(&self, values: Vec<Self::Value>) -> Self::Value;
    /// A list of values that have no bytes.
    fn empty_values(&self, count: usize) -> Self::Value;
    /// A struct or a tuple.
    fn parts(&self, parts: &[Part], values: Vec<Self::Value>) -> Self::Value;
    fn variant(&self, name: &str, parts: &[Part], values: Vec<Self::Value>) -> Self::Value;
}

/// Nothing: the decoder's place is what counts.
pub struct Length;

impl Output for Length {
    type Value = ();

    const MEASURES: bool = true;

    fn plain(&self, _: &str, _: &[u8]) {}
    fn string(&self, _: &str) {}
    fn none(&self) {}
    fn some(&self, (): (), _: bool) {}
    fn bytes(&self, _: &[u8]) {}
    fn list(&self, _: Vec<()>) {}
    fn empty_values(&self, _: usize) {}
    fn parts(&self, _: &[Part], _: Vec<()>) {}
    fn variant(&self, _: &str, _: &[Part], _: Vec<()>) {}
}

/// As Rust would write it, with addresses in base 58, and bytes and integers of 256 bits in hexadecimal.
pub struct Text;

impl Output for Text {
    type Value = String;

    fn plain(&self, name: &str, bytes: &[u8]) -> String {
        match Scalar::read(name, bytes) {
            Scalar::Bool(it) => it.to_string(),
            Scalar::Unsigned(it) => it.to_string(),
            Scalar::Signed(it) => it.to_string(),
            Scalar::Single(it) => format!("{it:?}"),
            Scalar::Double(it) => format!("{it:?}"),
            Scalar::Address => bs58::encode(bytes).into_string(),
            Scalar::Wide => hex(bytes.iter().rev()),
        }
    }

    fn string(&self, text: &str) -> String {
        format!("{text:?}")
    }

    fn none(&self) -> String {
        "None".to_owned()
    }

    fn some(&self, value: String, _: bool) -> String {
        format!("Some({value})")
    }

    fn bytes(&self, bytes: &[u8]) -> String {
        hex(bytes.iter())
    }

    fn list(&self, values: Vec<String>) -> String {
        format!("[{}]", values.join(", "))
    }

    fn empty_values(&self, count: usize) -> String {
        format!("[{count} empty values]")
    }

    fn parts(&self, parts: &[Part], values: Vec<String>) -> String {
        let all = parts.iter().zip(values);
        let all = all.map(|(part, value)| match &part.name {
            Some(name) => format!("{name}: {value}"),
            None => value,
        });
        let all = all.collect::<Vec<_>>().join(", ");
        if are_named(parts) {
            format!("{{ {all} }}")
        } else {
            format!("({all})")
        }
    }

    fn variant(&self, name: &str, parts: &[Part], values: Vec<String>) -> String {
        match parts {
            [] => name.to_owned(),
            _ if are_named(parts) => format!("{name} {}", self.parts(parts, values)),
            _ => format!("{name}{}", self.parts(parts, values)),
        }
    }
}

/// As JSON, from which [`encode`](super::encode) makes the same bytes.
pub struct Json;

impl Output for Json {
    type Value = Value;

    fn plain(&self, name: &str, bytes: &[u8]) -> Value {
        match Scalar::read(name, bytes) {
            Scalar::Bool(it) => json!(it),
            Scalar::Unsigned(it) => match u64::try_from(it) {
                Ok(it) if name != "u128" => json!(it),
                _ => json!(it.to_string()),
            },
            Scalar::Signed(it) => match i64::try_from(it) {
                Ok(it) if name != "i128" => json!(it),
                _ => json!(it.to_string()),
            },
            Scalar::Single(it) => float(it.into()),
            Scalar::Double(it) => float(it),
            Scalar::Address | Scalar::Wide => json!(Text.plain(name, bytes)),
        }
    }

    fn string(&self, text: &str) -> Value {
        json!(text)
    }

    fn none(&self) -> Value {
        Value::Null
    }

    fn some(&self, value: Value, nested: bool) -> Value {
        if nested {
            json!({ "Some": value })
        } else {
            value
        }
    }

    fn bytes(&self, bytes: &[u8]) -> Value {
        json!(hex(bytes.iter()))
    }

    fn list(&self, values: Vec<Value>) -> Value {
        Value::Array(values)
    }

    fn empty_values(&self, count: usize) -> Value {
        json!(count)
    }

    fn parts(&self, parts: &[Part], values: Vec<Value>) -> Value {
        if parts.is_empty() || are_named(parts) {
            let names = parts
                .iter()
                .map(|part| part.name.clone().unwrap_or_default());
            Value::Object(names.zip(values).collect::<Map<_, _>>())
        } else {
            Value::Array(values)
        }
    }

    fn variant(&self, name: &str, parts: &[Part], values: Vec<Value>) -> Value {
        match parts {
            [] => json!(name),
            _ => json!({ name: self.parts(parts, values) }),
        }
    }
}

/// What JSON has no number for is its name.
fn float(number: f64) -> Value {
    match number.is_finite() {
        true => json!(number),
        false => json!(number.to_string()),
    }
}
