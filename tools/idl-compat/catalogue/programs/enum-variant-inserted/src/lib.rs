//! `Mode` has a variant more, in front of `Frozen`: `Paused`.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    adjust, archive, contents, create, delegate, deposit, error, event, grant, ledger, record,
    side, sweep, tally, vault
);

mod mode;
pub use mode::*;

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
