//! Both releases of the program, as something to deploy, and the Rust clients of both.

pub mod client_v1;
pub mod client_v2;
pub mod key;
pub mod release;
pub mod tokens;
