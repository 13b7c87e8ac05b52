//! `migrate_many`: one instruction of the upgrade authority migrates the configs of many authorities.

mod batch;
mod fleet;
mod in_place;
mod rejections;
mod rent;
mod size;
