//! `Deposited` has a discriminator of its own choice.

include!("../../baseline/src/unchanged.rs");

unchanged!(
    adjust, archive, contents, create, delegate, deposit, error, grant, ledger, mode, record, side,
    sweep, tally, vault
);

mod event;
pub use event::*;

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
