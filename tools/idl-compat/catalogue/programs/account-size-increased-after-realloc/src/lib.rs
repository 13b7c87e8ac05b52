//! `Vault` ends with a field more, `history`, for which `grow` makes room in old vaults.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    adjust, archive, create, delegate, deposit, error, event, grant, ledger, mode, side, sweep,
    tally
);

mod contents;
mod grow;
mod record;
mod vault;

pub use {contents::*, grow::*, record::*, vault::*};

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
