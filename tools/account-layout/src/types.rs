//! The types of an IDL as a graph: names resolved, aliases gone, generic parameters filled in.
//!
//! A type that contains itself is a cycle of the graph; two fields of one type share a node. So the
//! graph is never larger than the IDL, unless generic types blow it up: then a limit ends it.

mod build;
mod graph;
mod len;
mod render;

pub use self::graph::{
    Encoding, Enum, Id, Member, Node, Plain, Problem, Repr, Serialization, Struct, Types, Variant,
};
