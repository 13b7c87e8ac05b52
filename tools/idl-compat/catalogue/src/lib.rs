//! Proves the rules of compatibility by execution.
//!
//! Each folder of `programs/` makes one change to the program in `programs/baseline`. An old client, made from
//! the baseline's IDL, creates accounts on the baseline; the program is upgraded to the changed one; the client
//! goes on as if nothing had happened. What it meets must equal the folder's `change.toml`, and so must the
//! verdict of `idl-compat` on the two IDLs.
//!
//! - [`manifest`]: what a folder says;
//! - [`probe`]: what the old client does;
//! - [`client`]: a client that knows a program by its IDL alone;
//! - [`observation`]: what became of a probe, and how it differs from the baseline's;
//! - [`run`](mod@run): executes a case of a folder; [`table`]: the page about all of them;
//! - [`examples`]: what `idl-compat explain` shows of them;
//! - [`scaffold`]: makes a folder.

pub mod client;
pub mod examples;
pub mod folders;
pub mod key;
pub mod manifest;
pub mod observation;
pub mod probe;
pub mod programs;
pub mod run;
pub mod scaffold;
pub mod table;
