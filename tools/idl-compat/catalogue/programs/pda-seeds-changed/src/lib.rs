//! The address of a vault derives from another seed, in `create` and `deposit`.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    adjust, archive, contents, delegate, error, event, grant, ledger, mode, record, side, sweep,
    tally, vault
);

mod create;
mod deposit;

pub use {create::*, deposit::*};

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
