//! New vaults have no bytes to spare. Nothing reads or writes those of old vaults.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    adjust, archive, contents, create, delegate, deposit, error, event, grant, ledger, mode,
    record, side, sweep, tally
);

mod vault;
pub use vault::*;

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
