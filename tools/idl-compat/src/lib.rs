//! Reports which deployed clients and which live accounts an upgrade breaks, from the IDLs of two releases.

#[macro_use]
mod rule;
pub mod accept;
pub mod assumptions;
mod compare;
pub mod elf;
pub mod examples;
pub mod explain;
mod finding;
pub mod migrations;
mod positions;
pub mod report;
mod rules;

pub use crate::{
    assumptions::Assumptions,
    compare::compare,
    finding::{Excerpt, Finding, Place, Report, Side},
    rule::{Rule, Severity},
};
