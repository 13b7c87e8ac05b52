//! `deposit` takes `grant` in front of `ledger`.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    adjust, archive, contents, create, delegate, error, event, grant, ledger, mode, record, side,
    sweep, tally, vault
);

mod deposit;
pub use deposit::*;

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
