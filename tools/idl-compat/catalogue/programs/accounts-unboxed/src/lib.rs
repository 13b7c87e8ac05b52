//! The four archives of `sweep` are no longer boxed, and so lie on the stack.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    adjust, archive, contents, create, delegate, deposit, error, event, grant, ledger, mode,
    record, side, tally, vault
);

mod sweep;
pub use sweep::*;

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
