pub mod any_config;
pub mod config_v1;
pub mod config_v2;

pub use {any_config::*, config_v1::*, config_v2::*};
