//! What a migration decides, without any Solana account type.

pub mod contract;
pub mod encoding;
pub mod in_place;
pub mod layout;
pub mod migrate_from;
pub mod rejection;
pub mod rent;
pub mod retirement;
mod slice;
pub mod transition;
