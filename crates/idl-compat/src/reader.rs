//! The fields of an account, from its bytes.

mod shape;

use {
    self::shape::{Shape, Shapes},
    crate::{
        flat::{flatten, is_zero_copy},
        idl::Error,
        layout,
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
    fields: Vec<Field>,
    /// Bytes of the smallest account.
    min_len: usize,
}

/// A field that is not made of named fields itself, as in [`Layout`](crate::Layout).
#[derive(Clone, Debug)]
pub struct Field {
    /// `limits.per_day`
    pub path: String,
    shape: Shape,
    /// Where it begins behind the discriminator, in a zero-copy type; in Borsh, behind the field before.
    offset: Option<usize>,
}

/// What a field holds. It is shown as Rust would write it, with addresses in base 58, and bytes and integers of 256
/// bits in hexadecimal.
#[derive(Clone, Copy, Debug)]
pub struct Value<'a> {
    pub field: &'a Field,
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
        problem: Problem,
    },
}

/// Bytes that are no value of their type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
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

impl Reader {
    /// For accounts, or other values, of the type `name`.
    ///
    /// # Errors
    /// There is no such type, or the IDL does not tell its bytes completely.
    pub fn of(idl: &Idl, name: &str) -> Result<Self, Error> {
        let types = Types::new(idl);
        let root = layout::root(idl, &types, name)?;
        let zero_copy = is_zero_copy(&types, root);
        let flat = flatten(&types, root, "/types").ok_or_else(|| layout::endless(idl, name))?;
        let mut shapes = Shapes::new(&types);
        let mut fields = Vec::with_capacity(flat.leaves.len());
        for leaf in flat.leaves {
            let shape = shapes.of(leaf.ty, zero_copy).filter(|_| flat.exact);
            fields.push(Field {
                shape: shape.ok_or_else(|| {
                    layout::invalid(
                        idl,
                        format!(
                            "the IDL does not tell the bytes of `{}` in `{name}`: they are neither \
                             Borsh nor at the same place with every toolchain",
                            leaf.path
                        ),
                    )
                })?,
                offset: zero_copy.then(|| to_usize(leaf.offset)),
                path: leaf.path,
            });
        }
        let discriminator = layout::discriminator(idl, name).to_vec();
        Ok(Self {
            name: name.to_owned(),
            min_len: discriminator.len().saturating_add(to_usize(flat.min_len)),
            discriminator,
            fields,
        })
    }

    /// In the order of their bytes, which is that of [`Layout`](crate::Layout).
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The values of all [fields](Self::fields). Bytes behind the last are the account's reserve.
    ///
    /// # Errors
    /// The bytes are not of such an account.
    pub fn read<'a>(&'a self, data: &'a [u8]) -> Result<Vec<Value<'a>>, ReadError> {
        let behind = self.discriminator.len();
        let Some(fields) = data.strip_prefix(&self.discriminator[..]) else {
            return Err(ReadError::Discriminator {
                name: self.name.clone(),
                wanted: self.discriminator.clone(),
                found: data[..data.len().min(behind)].to_vec(),
            });
        };
        if data.len() < self.min_len {
            return Err(ReadError::TooShort {
                name: self.name.clone(),
                len: data.len(),
                needed: self.min_len,
            });
        }
        let mut end = 0;
        let mut values = Vec::with_capacity(self.fields.len());
        for field in &self.fields {
            let start = field.offset.unwrap_or(end).min(fields.len());
            let taken = field.shape.len_of(&fields[start..]);
            let len = taken.map_err(|(at, problem)| ReadError::Field {
                name: self.name.clone(),
                path: field.path.clone(),
                offset: behind + start + at,
                problem,
            })?;
            end = start + len;
            values.push(Value {
                field,
                bytes: &fields[start..end],
            });
        }
        Ok(values)
    }
}

impl Field {
    /// Whether both are of one type, or of two that differ in their name only.
    pub fn same_type(&self, other: &Self) -> bool {
        self.shape == other.shape
    }
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.field.shape.show(self.bytes, f)
    }
}

/// More bytes than there is memory for are as many as there can be.
fn to_usize(len: u64) -> usize {
    usize::try_from(len).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests;
