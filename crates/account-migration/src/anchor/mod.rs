//! Applies the decisions of [`core`](crate::core) to an Anchor account.

pub mod batch;
pub mod funding;
pub mod grow;
pub mod lamports;
pub mod migration;
pub mod pending;
pub mod retire;
pub mod versions;

use {
    crate::core::rejection::Rejection,
    anchor_lang::{error::Error, prelude::AccountInfo},
    std::rc::Rc,
};

/// The program's own error for a rejection.
#[cold]
fn rejected<E: From<Rejection> + Into<Error>>(rejection: Rejection) -> Error {
    E::from(rejection).into()
}

/// [`rejected`], naming the account by its address.
#[cold]
fn rejected_at<E: From<Rejection> + Into<Error>>(
    rejection: Rejection,
    account: &AccountInfo,
) -> Error {
    rejected::<E>(rejection).with_account_name(account.key)
}

/// How often the instruction names this account, and how many clones of it the handler holds: all of them
/// share its data.
fn holders(account: &AccountInfo) -> usize {
    Rc::strong_count(&account.data)
}
