//! Applies the decisions of [`core`](crate::core) to an Anchor account.

pub mod funding;
pub mod grow;
pub mod lamports;
pub mod migration;
pub mod pending;
mod versions;

use {
    crate::core::{layout::Layout, migrate_from::MigrateFrom, rejection::Rejection},
    anchor_lang::error::Error,
};

/// The program's own error for a rejection.
fn rejected<Old: Layout, New: MigrateFrom<Old, Error: Into<Error>>>(rejection: Rejection) -> Error {
    New::Error::from(rejection).into()
}
