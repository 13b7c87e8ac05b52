//! `Grant`'s field `amount` is called `granted`.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    adjust, archive, contents, create, delegate, deposit, error, event, ledger, mode, side, sweep,
    tally, vault
);

mod grant;
mod record;

pub use {grant::*, record::*};

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
