//! Proves the rules of compatibility by execution.
//!
//! Each folder of `catalogue/` makes one change to the program in `catalogue/baseline`. A stale client,
//! made from the baseline's IDL, creates accounts on the baseline; the program is upgraded to the changed
//! one; the client goes on as if nothing had happened. What it meets must equal the folder's
//! `change.toml`, and so must the verdict of `idl-compat` on the two IDLs.
//!
//! - [`manifest`]: what a folder says;
//! - [`probe`]: what the stale client does;
//! - [`client`]: a client that knows a program by its IDL alone, with its [`codec`];
//! - [`observation`]: what became of a probe, and how it differs from the baseline's;
//! - [`run`](mod@run): executes a case of a folder; [`table`]: the page about all of them.

pub mod client;
pub mod codec;
pub mod manifest;
pub mod observation;
pub mod probe;
pub mod programs;
pub mod run;
pub mod table;
