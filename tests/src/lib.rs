//! What the integration tests share.

pub mod matrix;
pub mod rejection;
pub mod scene;
