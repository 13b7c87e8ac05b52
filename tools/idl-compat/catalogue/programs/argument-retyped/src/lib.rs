//! `deposit` takes an `amount` of 32 bits.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    adjust, archive, create, delegate, deposit, error, event, grant, ledger, mode, record, side,
    sweep, tally, vault
);

mod contents;
pub use contents::*;

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
