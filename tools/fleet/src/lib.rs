//! Migrates every account of a deployed program from one layout to the next, or back.
//!
//! The chain is the truth: whether an account is migrated is what its discriminator says. The
//! [`journal`] is the audit: what the accounts were, what was sent for them, what that cost.
//!
//! An account has at most one transaction at a time that can still land, so that no account is paid for
//! twice, whenever the command is killed.

pub mod cli;
pub mod client;
pub mod cluster;
pub mod deployment;
pub mod direction;
pub mod discover;
pub mod fees;
pub mod fields;
pub mod journal;
pub mod keys;
pub mod manifest;
pub mod pack;
pub mod plan;
pub mod planned_only;
pub mod rent;
pub mod report;
pub mod run;
pub mod shard;
pub mod transition;
pub mod verify;
