pub mod old_config;

pub use old_config::*;
