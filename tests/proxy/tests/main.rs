//! The migration by proxy: a config's life ends in `app` and begins in `successor`, or nothing happens.

mod attacks;
mod batch;
mod common;
mod equivalence;
mod lamports;
mod migrate_account;
mod relayed;
mod rent;
mod retired;
mod scene;
mod update;
