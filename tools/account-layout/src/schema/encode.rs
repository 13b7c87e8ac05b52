//! Writes a value that is given as JSON.

use {
    super::{
        scalar::{self, unhex},
        ty::{DEPTH, Part, Schema, Type, TypeKind, are_named},
    },
    serde_json::Value,
};

/// The most bytes that are written: as many as an account can have.
pub const MAX_LEN: usize = 10 << 20;

/// The most characters of a value that an error shows.
const MAX_SHOWN: usize = 60;

/// A JSON value that is none of its type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{misfit}", prefix(.path))]
pub struct BadValue {
    /// From the outermost value: `limits.per_day`, `owners[3]`; empty for that value itself.
    pub path: String,
    pub misfit: Misfit,
}

/// Why a JSON value is none of its type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    #[error("it is missing; it must be {0}")]
    Missing(String),
    #[error("{value} is not {wanted}")]
    Other { value: String, wanted: String },
    #[error("there is no field of this name")]
    UnknownField,
    #[error("values lie more than {0} deep within others")]
    TooDeep(usize),
    #[error("it takes more than {MAX_LEN} bytes")]
    TooLong,
}

fn prefix(path: &str) -> String {
    match path {
        "" => String::new(),
        path => format!("`{path}`: "),
    }
}

impl BadValue {
    /// The same, in a value further out.
    pub fn within(self, outer: &str) -> Self {
        let dot = match self.path.chars().next() {
            None | Some('[') => "",
            _ => ".",
        };
        Self {
            path: format!("{outer}{dot}{}", self.path),
            misfit: self.misfit,
        }
    }
}

impl From<Misfit> for BadValue {
    fn from(misfit: Misfit) -> Self {
        let path = String::new();
        Self { path, misfit }
    }
}

impl Schema {
    /// Appends a value; without one, the `None` of an `Option`. A value that does not fit adds nothing.
    pub fn encode(&self, value: Option<&Value>, bytes: &mut Vec<u8>) -> Result<(), BadValue> {
        let start = bytes.len();
        let mut encoder = Encoder {
            schema: self,
            limit: start.saturating_add(MAX_LEN),
            bytes,
        };
        let written = encoder.optional(value, 0, 0);
        if written.is_err() {
            bytes.truncate(start);
        }
        written
    }
}

/// On its way through a value.
struct Encoder<'a> {
    schema: &'a Schema,
    bytes: &'a mut Vec<u8>,
    /// The most bytes that there may be.
    limit: usize,
}

/// The values of a list.
enum List<'v> {
    Values(&'v [Value]),
    Bytes(Vec<u8>),
    /// As many that have no bytes.
    Empty(usize),
}

impl List<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Values(values) => values.len(),
            Self::Bytes(bytes) => bytes.len(),
            Self::Empty(count) => *count,
        }
    }
}

impl Encoder<'_> {
    fn optional(&mut self, value: Option<&Value>, ty: usize, depth: usize) -> Result<(), BadValue> {
        match (value, &self.schema.at(ty).kind) {
            (Some(value), _) => self.value(value, ty, depth),
            (None, TypeKind::Option(_)) => self.append(&[0]),
            (None, kind) => Err(Misfit::Missing(self.wanted(kind)).into()),
        }
    }

    /// Appends a value of the type at place `ty`.
    fn value(&mut self, value: &Value, ty: usize, depth: usize) -> Result<(), BadValue> {
        if depth > DEPTH {
            return Err(Misfit::TooDeep(DEPTH).into());
        }
        let schema = self.schema;
        let Type { kind, min } = schema.at(ty);
        self.make_room(*min)?;
        let other = || other(value, self.wanted(kind));
        match kind {
            TypeKind::Plain(name) => {
                let bytes = scalar::write(name, *min, value).ok_or_else(other)?;
                self.append(&bytes)
            }
            TypeKind::String => {
                let text = value.as_str().ok_or_else(other)?;
                self.count(text.len())?;
                self.append(text.as_bytes())
            }
            TypeKind::Option(inner) => match self.content(value, *inner).ok_or_else(other)? {
                None => self.append(&[0]),
                Some(content) => {
                    self.append(&[1])?;
                    self.value(content, *inner, depth + 1)
                }
            },
            TypeKind::Vec(inner) => {
                let list = self.elements(value, *inner).ok_or_else(other)?;
                self.count(list.len())?;
                self.list(list, *inner, depth)
            }
            TypeKind::Array(inner, len) => {
                let list = self.elements(value, *inner);
                let list = list.filter(|list| list.len() == *len).ok_or_else(other)?;
                self.list(list, *inner, depth)
            }
            TypeKind::Struct(parts) => {
                let end = self.bytes.len() + min;
                self.parts(value, parts, depth)?;
                // Behind the last part of a zero-copy struct there may be padding.
                self.bytes.resize(self.bytes.len().max(end), 0);
                Ok(())
            }
            TypeKind::Enum(variants) => {
                let (name, content) = variant(value).ok_or_else(other)?;
                let place = variants.iter().position(|(known, _)| known == name);
                let place = place.ok_or_else(other)?;
                self.append(&[u8::try_from(place).map_err(|_| other())?])?;
                match (content, &variants[place].1[..]) {
                    (None, []) => Ok(()),
                    (content, parts) => {
                        let written = self.parts(content.unwrap_or(&Value::Null), parts, depth);
                        written.map_err(|error| error.within(name))
                    }
                }
            }
        }
    }

    /// What is in an `Option`, if there is something; `None` for what is no `Option`.
    fn content<'v>(&self, value: &'v Value, inner: usize) -> Option<Option<&'v Value>> {
        match (value, &self.schema.at(inner).kind) {
            (Value::Null, _) => Some(None),
            (Value::Object(some), TypeKind::Option(_)) if some.len() == 1 => {
                some.get("Some").map(Some)
            }
            (_, TypeKind::Option(_)) => None,
            _ => Some(Some(value)),
        }
    }

    fn elements<'v>(&self, value: &'v Value, inner: usize) -> Option<List<'v>> {
        let Type { kind, min } = self.schema.at(inner);
        match value {
            Value::Array(values) => Some(List::Values(values)),
            Value::String(digits) if *kind == TypeKind::Plain("u8") => {
                unhex(digits).map(List::Bytes)
            }
            Value::Number(count) if *min == 0 => {
                let count = count.as_u64().and_then(|it| usize::try_from(it).ok());
                count.map(List::Empty)
            }
            _ => None,
        }
    }

    fn list(&mut self, list: List<'_>, inner: usize, depth: usize) -> Result<(), BadValue> {
        match list {
            List::Empty(_) => Ok(()),
            List::Bytes(bytes) => self.append(&bytes),
            List::Values(values) => {
                for (index, value) in values.iter().enumerate() {
                    let written = self.value(value, inner, depth + 1);
                    written.map_err(|error| error.within(&format!("[{index}]")))?;
                }
                Ok(())
            }
        }
    }

    /// The parts of a struct, a tuple or a variant.
    fn parts(&mut self, value: &Value, parts: &[Part], depth: usize) -> Result<(), BadValue> {
        match value {
            Value::Object(fields) if parts.is_empty() || are_named(parts) => {
                let known =
                    |name: &String| parts.iter().any(|part| part.name.as_ref() == Some(name));
                if let Some(name) = fields.keys().find(|name| !known(name)) {
                    return Err(BadValue::from(Misfit::UnknownField).within(name));
                }
            }
            Value::Array(values) if !are_named(parts) && values.len() == parts.len() => {}
            _ => return Err(other(value, wanted_parts(parts))),
        }
        let start = self.bytes.len();
        for (index, part) in parts.iter().enumerate() {
            if let Some(offset) = part.offset {
                self.bytes.resize(start + offset, 0);
            }
            let (path, value) = match &part.name {
                Some(name) => (name.clone(), value.get(name)),
                None => (format!("[{index}]"), value.get(index)),
            };
            let written = self.optional(value, part.ty, depth + 1);
            written.map_err(|error| error.within(&path))?;
        }
        Ok(())
    }

    /// Appends the number of elements that follow.
    fn count(&mut self, count: usize) -> Result<(), BadValue> {
        let count = u32::try_from(count).map_err(|_| Misfit::TooLong)?;
        self.append(&count.to_le_bytes())
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), BadValue> {
        self.make_room(bytes.len())?;
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn make_room(&self, len: usize) -> Result<(), BadValue> {
        match self.bytes.len().saturating_add(len) > self.limit {
            true => Err(Misfit::TooLong.into()),
            false => Ok(()),
        }
    }

    /// What a value of a type looks like.
    fn wanted(&self, kind: &TypeKind) -> String {
        match kind {
            TypeKind::Plain(name) => format!("a `{name}`"),
            TypeKind::String => "a string".to_owned(),
            TypeKind::Option(inner) => match self.schema.at(*inner).kind {
                TypeKind::Option(_) => "null or { \"Some\": … }".to_owned(),
                _ => "null or a value".to_owned(),
            },
            TypeKind::Vec(inner) => format!("a list{}", self.wanted_elements(*inner)),
            TypeKind::Array(inner, len) => {
                format!("a list of {len}{}", self.wanted_elements(*inner))
            }
            TypeKind::Struct(parts) => wanted_parts(parts),
            TypeKind::Enum(variants) => {
                let names = variants.iter().map(|(name, _)| name.as_str());
                format!("one of {}", names.collect::<Vec<_>>().join(", "))
            }
        }
    }

    fn wanted_elements(&self, inner: usize) -> &str {
        match self.schema.at(inner) {
            Type {
                kind: TypeKind::Plain("u8"),
                ..
            } => " or hexadecimal digits behind 0x",
            Type { min: 0, .. } => " or its length",
            _ => "",
        }
    }
}

fn wanted_parts(parts: &[Part]) -> String {
    let names: Vec<_> = parts
        .iter()
        .filter_map(|part| part.name.as_deref())
        .collect();
    match &names[..] {
        [] => format!("a list of {}", parts.len()),
        names => format!("an object with {}", names.join(", ")),
    }
}

fn other(value: &Value, wanted: String) -> BadValue {
    let mut value = value.to_string();
    if let Some((end, _)) = value.char_indices().nth(MAX_SHOWN) {
        value.truncate(end);
        value.push('…');
    }
    Misfit::Other { value, wanted }.into()
}

/// The name of a variant, and what it holds.
fn variant(value: &Value) -> Option<(&str, Option<&Value>)> {
    match value {
        Value::String(name) => Some((name, None)),
        Value::Object(one) if one.len() == 1 => {
            let (name, content) = one.iter().next()?;
            Some((name, Some(content)))
        }
        _ => None,
    }
}
