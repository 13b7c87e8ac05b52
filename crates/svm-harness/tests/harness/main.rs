//! The harness is tested with release 1 of the program, on both backends.

mod common;
mod features;
mod native_code;
mod program;
mod rent;
mod transactions;
mod upgrade;
