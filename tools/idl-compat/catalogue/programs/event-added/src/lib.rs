//! `adjust` emits an event that is new: `Adjusted`.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    archive, contents, create, delegate, deposit, error, grant, ledger, mode, record, side, sweep,
    tally, vault
);

mod adjust;
mod event;

pub use {adjust::*, event::*};

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
