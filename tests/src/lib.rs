//! What the tests of the programs share, those of the proxy path included.

pub mod bad_input;
pub mod lab;
pub mod matrix;
pub mod migration_authority;
pub mod rejection;
pub mod relay;
pub mod scene;
pub mod typescript;
