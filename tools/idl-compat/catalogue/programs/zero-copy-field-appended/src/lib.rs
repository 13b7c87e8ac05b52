//! `Ledger` ends with a field more, `refunds`, for which live ledgers have no room.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    adjust, archive, contents, create, delegate, deposit, error, event, grant, mode, record, side,
    sweep, tally, vault
);

mod ledger;
pub use ledger::*;

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
