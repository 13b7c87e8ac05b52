//! `Limits`, which `Vault` stores, has a field less, in front of `per_day`: `per_deposit`.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    adjust, archive, contents, create, delegate, error, event, grant, ledger, mode, record, side,
    sweep, tally
);

mod deposit;
mod vault;

pub use {deposit::*, vault::*};

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
