//! `Mode` has a variant less: `Frozen`.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    adjust, archive, contents, create, delegate, error, event, grant, ledger, record, side, sweep,
    tally, vault
);

mod deposit;
mod mode;

pub use {deposit::*, mode::*};

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
