//! The command as a user meets it: what it prints, its exit status, and what it leaves on the cluster.

#[path = "../scene/mod.rs"]
mod scene;

mod interrupt;
mod limits;
mod nodes;
mod planned_only;
mod rejections;
mod releases;
mod shards;
mod support;
mod there_and_back;
