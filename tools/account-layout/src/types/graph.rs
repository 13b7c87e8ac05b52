//! The graph: its nodes, and what is known of all of them.

use {
    anchor_lang_idl_spec::IdlType,
    std::{cell::OnceCell, collections::HashMap},
};

/// A node of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub(super) u32);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node<'a> {
    /// A type without parts, by its Rust name, with its length.
    Plain(Plain),
    String,
    Option(Id),
    Vec(Id),
    Array(Id, u64),
    Struct(Struct<'a>),
    Enum(Enum<'a>),
    /// A type that the IDL does not define: nothing is known of its bytes.
    Unknown,
    /// Replaced by what it stands for once the graph is whole.
    Alias(Id),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Plain {
    pub name: &'static str,
    pub len: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Struct<'a> {
    pub name: &'a str,
    /// Its index in the IDL's `types`.
    pub def: usize,
    pub encoding: Encoding<'a>,
    pub fields: Vec<Member<'a>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enum<'a> {
    pub name: &'a str,
    pub def: usize,
    pub encoding: Encoding<'a>,
    pub variants: Vec<Variant<'a>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant<'a> {
    pub name: &'a str,
    pub fields: Vec<Member<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member<'a> {
    /// `None` in a tuple.
    pub name: Option<&'a str>,
    pub ty: Id,
}

/// How a defined type becomes bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding<'a> {
    pub serialization: Serialization<'a>,
    pub repr: Repr,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Serialization<'a> {
    Borsh,
    /// The bytes in memory: zero-copy.
    Bytemuck,
    Custom(&'a str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repr {
    Rust { packed: bool, align: Option<u64> },
    C { packed: bool, align: Option<u64> },
    Transparent,
}

/// Something in the IDL that cannot be resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// RFC 6901
    pub pointer: String,
    pub message: String,
}

/// The types that accounts, events and instructions of an IDL use.
pub struct Types<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    /// Bytes of the smallest value in Borsh; `None` if every value is infinite.
    pub(super) min: Vec<Option<u64>>,
    /// Bytes of the largest value in Borsh; `None` if there is none.
    pub(super) max: Vec<Option<u64>>,
    /// Bytes that are read where all are zero: few ask for it.
    pub(super) zero: OnceCell<Vec<Option<u64>>>,
    pub problems: Vec<Problem>,
    pub(super) roots: HashMap<&'a str, Id>,
    pub(super) written: HashMap<*const IdlType, Id>,
}

impl<'a> Types<'a> {
    pub fn node(&self, id: Id) -> &Node<'a> {
        &self.nodes[id.0 as usize]
    }

    /// The type that is defined under this name and has no generic parameters.
    pub fn defined(&self, name: &str) -> Option<Id> {
        self.roots.get(name).copied()
    }

    /// The type of an argument or a return value of the IDL that the graph was made of.
    pub fn of(&self, ty: &'a IdlType) -> Option<Id> {
        self.written.get(&std::ptr::from_ref(ty)).copied()
    }
}
