pub mod successor_config;

pub use successor_config::*;
