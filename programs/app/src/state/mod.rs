pub mod any_config;
pub mod config_v1;
pub mod config_v2;
pub mod program_data;

pub use {any_config::*, config_v1::*, config_v2::*, program_data::*};
