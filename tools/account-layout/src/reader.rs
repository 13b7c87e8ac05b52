//! The fields of an account, from its bytes.

use {
    crate::{
        flat::{flatten, is_zero_copy},
        idl::IdlError,
        layout,
        schema::{BadBytes, BadValue, Json, Schema, Schemas, Text, to_usize},
        types::Types,
    },
    anchor_lang_idl_spec::Idl,
    std::fmt,
};

/// Reads the accounts of one type. It needs the IDL only once.
#[derive(Clone, Debug)]
pub struct Reader {
    name: String,
    discriminator: Vec<u8>,
    /// The type as a whole.
    schema: Schema,
    fields: Vec<FieldReader>,
    /// Bytes of the smallest account.
    min_len: usize,
}

/// A field that is not made of named fields itself, as in [`Layout`](layout::Layout).
#[derive(Clone, Debug)]
pub struct FieldReader {
    /// `limits.per_day`
    pub path: String,
    schema: Schema,
    /// Where it begins behind the discriminator, in a zero-copy type; in Borsh, behind the field before.
    offset: Option<usize>,
}

/// What a field holds. It is shown as Rust would write it, with addresses in base 58, and bytes and integers of 256
/// bits in hexadecimal.
#[derive(Clone, Copy, Debug)]
pub struct FieldValue<'a> {
    pub field: &'a FieldReader,
    pub bytes: &'a [u8],
}

/// Why an account cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("it begins with {found:?}, not with the discriminator {wanted:?} of `{name}`")]
    Discriminator {
        name: String,
        wanted: Vec<u8>,
        found: Vec<u8>,
    },
    #[error("it has {len} bytes, and a `{name}` has at least {needed}")]
    TooShort {
        name: String,
        len: usize,
        needed: usize,
    },
    #[error("`{path}` of `{name}` cannot be read, at byte {offset}: {problem}")]
    Field {
        name: String,
        path: String,
        /// From the account's first byte.
        offset: usize,
        problem: BadBytes,
    },
}

impl Reader {
    /// For accounts, or other values, of the type `name`.
    ///
    /// # Errors
    /// There is no such type, or the IDL does not determine its bytes completely.
    pub fn of(idl: &Idl, name: &str) -> Result<Self, IdlError> {
        let types = Types::new(idl);
        let root = layout::root(idl, &types, name)?;
        let zero_copy = is_zero_copy(&types, root);
        let flat = flatten(&types, root, "/types").ok_or_else(|| layout::endless(idl, name))?;
        let unknown = |path: &str| {
            let message = format!(
                "the IDL does not determine the bytes of `{path}` in `{name}`: they are neither Borsh \
                 nor at the same place with every toolchain"
            );
            layout::invalid(idl, message)
        };
        let mut schemas = Schemas::new(&types);
        let mut fields = Vec::with_capacity(flat.leaves.len());
        for leaf in flat.leaves {
            let schema = schemas.of(leaf.ty, zero_copy).filter(|_| flat.exact);
            fields.push(FieldReader {
                schema: schema.ok_or_else(|| unknown(&leaf.path))?,
                offset: zero_copy.then(|| to_usize(leaf.offset)),
                path: leaf.path,
            });
        }
        let discriminator = layout::discriminator(idl, name).to_vec();
        Ok(Self {
            name: name.to_owned(),
            min_len: discriminator.len().saturating_add(to_usize(flat.min_len)),
            discriminator,
            schema: schemas.of(root, zero_copy).ok_or_else(|| unknown(""))?,
            fields,
        })
    }

    /// In the order of their bytes, which is that of [`Layout`](layout::Layout).
    pub fn fields(&self) -> &[FieldReader] {
        &self.fields
    }

    /// The values of all [fields](Self::fields). Bytes behind the last are the account's reserve.
    ///
    /// # Errors
    /// The bytes are not of such an account.
    pub fn read<'a>(&'a self, data: &'a [u8]) -> Result<Vec<FieldValue<'a>>, ReadError> {
        let content = self.content(data)?;
        let mut end = 0;
        let mut values = Vec::with_capacity(self.fields.len());
        for field in &self.fields {
            let start = field.offset.unwrap_or(end).min(content.len());
            let taken = field.schema.len_of(&content[start..]);
            let len = taken.map_err(|(at, problem)| ReadError::Field {
                name: self.name.clone(),
                path: field.path.clone(),
                offset: self.discriminator.len() + start + at,
                problem,
            })?;
            end = start + len;
            values.push(FieldValue {
                field,
                bytes: &content[start..end],
            });
        }
        Ok(values)
    }

    /// The whole account as JSON: structs by the names of their fields, tuples and lists as lists; variants by
    /// name, alone or with what they hold; `None` as null. Addresses are in base 58, bytes and integers of 256 bits
    /// in hexadecimal, integers of 128 bits as strings. An `Option` in an `Option` is `{ "Some": … }`, and a list
    /// of values without bytes is its length.
    ///
    /// # Errors
    /// The bytes are not of such an account.
    pub fn json(&self, data: &[u8]) -> Result<serde_json::Value, ReadError> {
        // Field by field first: an error names the field.
        self.read(data)?;
        let decoded = self.schema.decode(self.content(data)?, &Json);
        decoded.map_err(|(at, problem)| ReadError::Field {
            name: self.name.clone(),
            path: String::new(),
            offset: self.discriminator.len() + at,
            problem,
        })
    }

    /// The bytes of an account, from what [`json`](Self::json) returns or from what means the same.
    ///
    /// # Errors
    /// The value is not of this type.
    pub fn write(&self, value: &serde_json::Value) -> Result<Vec<u8>, BadValue> {
        let mut data = self.discriminator.clone();
        self.schema.encode(Some(value), &mut data)?;
        Ok(data)
    }

    /// The bytes behind the discriminator.
    fn content<'a>(&self, data: &'a [u8]) -> Result<&'a [u8], ReadError> {
        let Some(content) = data.strip_prefix(&self.discriminator[..]) else {
            return Err(ReadError::Discriminator {
                name: self.name.clone(),
                wanted: self.discriminator.clone(),
                found: data[..data.len().min(self.discriminator.len())].to_vec(),
            });
        };
        if data.len() < self.min_len {
            return Err(ReadError::TooShort {
                name: self.name.clone(),
                len: data.len(),
                needed: self.min_len,
            });
        }
        Ok(content)
    }
}

impl FieldReader {
    /// Whether both are of one type, or of two that differ in their name only.
    pub fn same_type(&self, other: &Self) -> bool {
        self.schema == other.schema
    }
}

impl fmt::Display for FieldValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.field.schema.decode(self.bytes, &Text);
        f.write_str(&text.map_err(|_| fmt::Error)?)
    }
}

#[cfg(test)]
mod tests;
