//! The program that every change of the catalogue is made to: vaults, each with a grant, a ledger and
//! an archive. Never deploy it.

mod adjust;
mod archive;
mod contents;
mod create;
mod delegate;
mod deposit;
mod error;
mod event;
mod grant;
mod ledger;
mod mode;
mod record;
mod side;
mod sweep;
mod tally;
mod vault;

pub use {
    adjust::*, archive::*, contents::*, create::*, delegate::*, deposit::*, error::*, event::*,
    grant::*, ledger::*, mode::*, record::*, side::*, sweep::*, tally::*, vault::*,
};

anchor_lang::declare_id!("2RVBpM3qKGSAJGHdNkmAgfwdFZ57Yabg4Pcp4NxKKmPb");
