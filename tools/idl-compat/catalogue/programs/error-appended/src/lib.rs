//! `VaultError` has an error more at its end: `Closed`.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    adjust, archive, contents, create, delegate, deposit, event, grant, ledger, mode, record, side,
    sweep, tally, vault
);

mod error;
pub use error::*;

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
