//! A live program goes from release 1 to release 2 while its old clients keep calling it.

pub mod idl;
pub mod narrator;
pub mod page;
pub mod ruler;
pub mod step;
pub mod story;
pub mod text;
