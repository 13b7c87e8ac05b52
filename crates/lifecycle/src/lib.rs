//! A live program goes from release 1 to the newest while its old clients keep calling it; then its
//! accounts may go to another program.

pub mod call;
pub mod cast;
pub mod claim;
pub mod narrator;
pub mod page;
pub mod rejection;
pub mod step;
pub mod story;
pub mod text;
