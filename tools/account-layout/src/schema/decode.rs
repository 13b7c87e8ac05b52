//! Reads a value.

use super::{
    output::{Length, Output},
    ty::{DEPTH, Part, Schema, Type, TypeKind},
};

/// Bytes that are no value of their type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadBytes {
    #[error("at least {needed} bytes are needed, and there are {left}")]
    TooShort { needed: usize, left: usize },
    #[error("{0} is neither false (0) nor true (1)")]
    Bool(u8),
    #[error("{0} is neither None (0) nor Some (1)")]
    Option(u8),
    #[error("there is no variant {0}")]
    Variant(u8),
    #[error("the string is not UTF-8")]
    Utf8,
    #[error("values lie more than {0} deep within others")]
    TooDeep(usize),
}

impl Schema {
    /// Bytes of the value that `data` begins with; or where it is none, and why.
    pub fn len_of(&self, data: &[u8]) -> Result<usize, (usize, BadBytes)> {
        let mut decoder = Decoder::new(self, data, &Length);
        match decoder.value(0, 0) {
            Ok(()) => Ok(decoder.at),
            Err(problem) => Err((decoder.at, problem)),
        }
    }

    /// The value that `data` begins with, as what `output` makes of it; or where it is none, and why.
    pub fn decode<O: Output>(
        &self,
        data: &[u8],
        output: &O,
    ) -> Result<O::Value, (usize, BadBytes)> {
        let mut decoder = Decoder::new(self, data, output);
        let value = decoder.value(0, 0);
        value.map_err(|problem| (decoder.at, problem))
    }
}

/// On its way through a value.
struct Decoder<'a, O> {
    schema: &'a Schema,
    data: &'a [u8],
    at: usize,
    output: &'a O,
}

impl<'a, O: Output> Decoder<'a, O> {
    fn new(schema: &'a Schema, data: &'a [u8], output: &'a O) -> Self {
        Self {
            schema,
            data,
            at: 0,
            output,
        }
    }

    /// Goes behind a value of the type at place `ty`.
    fn value(&mut self, ty: usize, depth: usize) -> Result<O::Value, BadBytes> {
        if depth > DEPTH {
            return Err(BadBytes::TooDeep(DEPTH));
        }
        let start = self.at;
        let schema = self.schema;
        let Type { kind, min } = schema.at(ty);
        self.require(*min)?;
        match kind {
            TypeKind::Plain(name) => self.plain(name, *min),
            TypeKind::String => {
                let len = self.count(1)?;
                let text = str::from_utf8(&self.data[self.at..self.at + len]);
                let text = text.map_err(|_| BadBytes::Utf8)?;
                self.at += len;
                Ok(self.output.string(text))
            }
            TypeKind::Option(inner) => match self.data[start] {
                0 => {
                    self.at += 1;
                    Ok(self.output.none())
                }
                1 => {
                    self.at += 1;
                    let value = self.value(*inner, depth + 1)?;
                    let nested = matches!(schema.at(*inner).kind, TypeKind::Option(_));
                    Ok(self.output.some(value, nested))
                }
                other => Err(BadBytes::Option(other)),
            },
            TypeKind::Vec(inner) => {
                let count = self.count(schema.at(*inner).min)?;
                self.list(*inner, count, depth)
            }
            TypeKind::Array(inner, len) => self.list(*inner, *len, depth),
            TypeKind::Struct(parts) => {
                let values = self.parts(parts, depth)?;
                // Behind the last part of a zero-copy struct there may be padding.
                self.at = self.at.max(start + min);
                Ok(self.output.parts(parts, values))
            }
            TypeKind::Enum(variants) => {
                let tag = self.data[start];
                let variant = variants.get(usize::from(tag));
                let (name, parts) = variant.ok_or(BadBytes::Variant(tag))?;
                self.at += 1;
                let values = self.parts(parts, depth)?;
                Ok(self.output.variant(name, parts, values))
            }
        }
    }

    fn plain(&mut self, name: &str, len: usize) -> Result<O::Value, BadBytes> {
        if let ("bool", byte @ 2..) = (name, self.data[self.at]) {
            return Err(BadBytes::Bool(byte));
        }
        let bytes = self.take(len);
        Ok(self.output.plain(name, bytes))
    }

    fn parts(&mut self, parts: &[Part], depth: usize) -> Result<Vec<O::Value>, BadBytes> {
        let start = self.at;
        let mut values = Vec::with_capacity(parts.len());
        for part in parts {
            if let Some(offset) = part.offset {
                self.at = start + offset;
            }
            values.push(self.value(part.ty, depth + 1)?);
        }
        Ok(values)
    }

    fn list(&mut self, ty: usize, count: usize, depth: usize) -> Result<O::Value, BadBytes> {
        let Type { kind, min } = self.schema.at(ty);
        match kind {
            TypeKind::Plain("u8") => {
                let bytes = self.take(count);
                Ok(self.output.bytes(bytes))
            }
            TypeKind::Plain(name) if *name != "bool" && O::MEASURES => {
                self.take(count * min);
                Ok(self.output.list(Vec::new()))
            }
            // Nothing is read for them, however many they are.
            _ if *min == 0 => Ok(self.output.empty_values(count)),
            _ => {
                let mut values = Vec::new();
                for _ in 0..count {
                    values.push(self.value(ty, depth + 1)?);
                }
                Ok(self.output.list(values))
            }
        }
    }

    /// The number of elements that follow, which have room for their least bytes.
    fn count(&mut self, min: usize) -> Result<usize, BadBytes> {
        let (count, _) = self.data[self.at..].split_at(4);
        let count = count
            .iter()
            .rev()
            .fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        self.at += 4;
        self.require(count.saturating_mul(min))?;
        Ok(count)
    }

    fn require(&self, needed: usize) -> Result<(), BadBytes> {
        let left = self.data.len() - self.at;
        if left < needed {
            return Err(BadBytes::TooShort { needed, left });
        }
        Ok(())
    }

    fn take(&mut self, len: usize) -> &'a [u8] {
        let bytes = &self.data[self.at..self.at + len];
        self.at += len;
        bytes
    }
}
