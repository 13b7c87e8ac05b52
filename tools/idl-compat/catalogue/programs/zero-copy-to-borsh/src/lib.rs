//! `Ledger` is serialized by Borsh, with the same fields.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    adjust, archive, contents, delegate, error, event, grant, mode, side, tally, vault
);

mod create;
mod deposit;
mod ledger;
mod record;
mod sweep;

pub use {create::*, deposit::*, ledger::*, record::*, sweep::*};

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
