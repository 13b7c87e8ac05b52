//! What a schema is made of.

use std::sync::Arc;

/// How deep values may lie within others: a type that contains itself sets no limit.
pub const DEPTH: usize = 128;

/// The type at the first place, and those that it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema(pub Arc<[Type]>);

#[derive(Debug, PartialEq, Eq)]
pub struct Type {
    pub kind: TypeKind,
    /// Bytes of the smallest value.
    pub min: usize,
}

/// Parts are named by their places in the [`Schema`].
#[derive(Debug, PartialEq, Eq)]
pub enum TypeKind {
    Plain(&'static str),
    String,
    Option(usize),
    Vec(usize),
    Array(usize, usize),
    Struct(Vec<Part>),
    Enum(Vec<(String, Vec<Part>)>),
}

#[derive(Debug, PartialEq, Eq)]
pub struct Part {
    /// `None` in a tuple.
    pub name: Option<String>,
    pub ty: usize,
    /// From where the struct begins, in a zero-copy type; in Borsh, behind the part before.
    pub offset: Option<usize>,
}

impl Schema {
    /// The type at a place.
    pub fn at(&self, place: usize) -> &Type {
        &self.0[place]
    }
}

/// Whether parts have names; those of a tuple have none.
pub fn are_named(parts: &[Part]) -> bool {
    parts.iter().any(|part| part.name.is_some())
}
