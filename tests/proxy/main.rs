//! The migration by proxy: a config's life ends in `app` and begins in `successor`, or nothing happens.

mod migrate_account;
