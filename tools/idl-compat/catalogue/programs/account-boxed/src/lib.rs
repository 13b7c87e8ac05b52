//! `deposit` and `record` take the vault in a `Box`.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    adjust, archive, contents, create, delegate, error, event, grant, ledger, mode, side, sweep,
    tally, vault
);

mod deposit;
mod record;

pub use {deposit::*, record::*};

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
