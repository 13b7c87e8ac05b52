//! `Side`, which only `adjust` takes, has a variant more at its end: `Multiply`.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    archive, create, delegate, deposit, error, event, grant, ledger, mode, record, sweep, tally,
    vault
);

mod adjust;
mod contents;
mod side;

pub use {adjust::*, contents::*, side::*};

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
