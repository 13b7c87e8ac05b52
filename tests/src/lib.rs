//! What the integration tests share.

pub mod bad_input;
pub mod matrix;
pub mod proxy;
pub mod rejection;
pub mod scene;
