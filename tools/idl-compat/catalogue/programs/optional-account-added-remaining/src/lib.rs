//! `tally`, which counts remaining accounts, takes an account more, at the end and optional: `auditor`.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    adjust, archive, contents, create, delegate, deposit, error, event, grant, ledger, mode,
    record, side, sweep, vault
);

mod tally;
pub use tally::*;

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
