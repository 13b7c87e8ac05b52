//! Reads and writes the accounts of any Anchor program by its IDL.
//!
//! - [`ReadIdl`]: an IDL, read and found consistent;
//! - [`Layout`]: where the fields of an account lie, [drawn](diagram) if need be;
//! - [`Reader`]: the fields of an account from its bytes, and the bytes from JSON;
//! - [`Arguments`]: an instruction's data from its arguments;
//! - [`Manifest`]: which account types become which, by which instructions;
//! - [`types`], [`flat`], [`memory`]: the types of an IDL as a graph, and how they lie in Borsh and in memory.

pub mod arguments;
pub mod diagram;
pub mod flat;
pub mod idl;
pub mod layout;
pub mod manifest;
pub mod memory;
mod pointer;
pub mod reader;
mod schema;
pub mod text;
pub mod types;

pub use crate::{
    arguments::{ArgumentError, Arguments, instruction_data},
    diagram::Diagram,
    idl::{IdlError, ReadIdl},
    layout::Layout,
    manifest::Manifest,
    reader::Reader,
    schema::{BadBytes, BadValue, MAX_LEN, Misfit},
};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
