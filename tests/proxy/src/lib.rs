//! The programs of the proxy path, as something to deploy, and a Rust client of each. The lifecycle
//! takes them from here, so that nothing here brings a validator's bank.

pub mod adopted;
pub mod client_migrator;
pub mod client_successor;
pub mod releases;

pub use {migrator, successor};
