pub mod migrate_account;

pub use migrate_account::*;
