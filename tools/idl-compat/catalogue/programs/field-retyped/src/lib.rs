//! `Vault` has a `value` of 32 bits.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    archive, contents, delegate, event, grant, ledger, mode, side, sweep
);

mod adjust;
mod create;
mod deposit;
mod error;
mod record;
mod tally;
mod vault;

pub use {adjust::*, create::*, deposit::*, error::*, record::*, tally::*, vault::*};

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
