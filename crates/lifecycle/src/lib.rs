//! A live program goes from release 1 to release 2 while its old clients keep calling it; then its
//! accounts go to another program.

pub mod config_state;
pub mod narrator;
pub mod page;
pub mod pictures;
pub mod refusal;
pub mod step;
pub mod story;
pub mod text;
