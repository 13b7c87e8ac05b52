//! What `account_migration` promises of every program that uses it, on the fixture program
//! `migration-lab`: what Anchor's own `Migration` does instead is in `tests/anchor_holes`.

mod batch;
mod calls;
mod chain;
mod duplicates;
mod errors;
mod lengths;
mod refunds;
mod rejected;
mod retirement;
