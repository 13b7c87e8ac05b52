//! Changes the programs for the worse, one change at a time, and fails if no test misses what is gone.
//!
//! - [`copy`]: a copy of the workspace, in which sources may be changed;
//! - [`programs`]: the programs that the copy's sources give, and what each is made from;
//! - [`suites`]: the tests that run those programs, in the order that finds most changes soonest;
//! - [`workbench`]: applies a change and looks for the test that finds it;
//! - [`planted_bugs`]: changes by hand, each a bug as it was reported elsewhere;
//! - [`mutants`]: changes by cargo-mutants.

mod copy;
pub mod mutants;
pub mod planted_bugs;
mod programs;
mod suites;
mod test_binary;
mod workbench;
