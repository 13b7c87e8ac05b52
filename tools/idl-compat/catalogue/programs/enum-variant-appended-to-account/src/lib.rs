//! `Mode`, which vaults store, has a variant more at its end: `Closing`.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    adjust, archive, contents, create, delegate, deposit, error, event, grant, ledger, record,
    side, sweep, tally, vault
);

mod mode;
pub use mode::*;

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
