//! `Grant` is called `Permit`.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    adjust, archive, contents, error, event, ledger, mode, side, sweep, tally, vault
);

mod create;
mod delegate;
mod deposit;
mod grant;
mod record;

pub use {create::*, delegate::*, deposit::*, grant::*, record::*};

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
