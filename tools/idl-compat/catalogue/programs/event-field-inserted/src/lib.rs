//! `Deposited` has a field more, in front of `amount`: `value`.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    adjust, archive, contents, create, delegate, error, grant, ledger, mode, record, side, sweep,
    tally, vault
);

mod deposit;
mod event;

pub use {deposit::*, event::*};

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
