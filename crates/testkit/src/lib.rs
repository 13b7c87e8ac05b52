//! The programs, as something to deploy, and a Rust client of each.

pub mod client_migrator;
pub mod client_successor;
pub mod client_v1;
pub mod client_v2;
pub mod documented;
pub mod key;
pub mod release;
pub mod tokens;
