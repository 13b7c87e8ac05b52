//! Applies the decisions of [`core`](crate::core) to an Anchor account.

pub mod batch;
pub mod funding;
pub mod grow;
pub mod lamports;
pub mod migration;
pub mod pending;
pub mod retire;
mod versions;

use {crate::core::rejection::Rejection, anchor_lang::error::Error};

/// The program's own error for a rejection.
#[cold]
fn rejected<E: From<Rejection> + Into<Error>>(rejection: Rejection) -> Error {
    E::from(rejection).into()
}
