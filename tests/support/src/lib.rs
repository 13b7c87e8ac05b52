//! The releases of the program, as something to deploy, and a Rust client of each.

pub mod bytes;
pub mod client_v1;
pub mod client_v2;
pub mod documented;
pub mod key;
pub mod last_built;
pub mod releases;
pub mod tokens;
pub mod workspace;
