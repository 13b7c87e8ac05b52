//! `Vault` has a field less, in front of `mode`: `limits`, which are the same for all now.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    adjust, archive, contents, create, delegate, error, event, grant, ledger, mode, side, sweep,
    tally
);

mod deposit;
mod record;
mod vault;

pub use {deposit::*, record::*, vault::*};

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
