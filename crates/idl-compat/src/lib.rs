//! Tells which deployed clients and which live accounts an upgrade breaks, from the IDLs of two releases.

pub mod accept;
mod compare;
pub mod elf;
mod examples;
pub mod explain;
pub mod facts;
mod finding;
mod flat;
pub mod idl;
pub mod layout;
mod memory;
pub mod migrations;
pub mod number;
mod place;
mod pointer;
pub mod reader;
pub mod report;
mod rule;
pub mod ruler;
mod rules;
mod types;

pub use crate::{
    compare::compare,
    facts::Facts,
    finding::{Excerpt, Finding, Place, Report, Side},
    idl::ReadIdl,
    layout::Layout,
    reader::Reader,
    rule::{Rule, Severity},
    rules::{RULES, named},
};
