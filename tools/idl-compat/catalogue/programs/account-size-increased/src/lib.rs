//! `Vault` ends with a field more, `history`, for which live vaults have no room.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    adjust, archive, contents, create, delegate, deposit, error, event, grant, ledger, mode, side,
    sweep, tally
);

mod record;
mod vault;

pub use {record::*, vault::*};

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
