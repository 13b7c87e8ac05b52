pub mod adopt;
pub mod update;

pub use {adopt::*, update::*};
