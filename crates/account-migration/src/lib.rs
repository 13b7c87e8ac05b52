//! Type-safe transition of an Anchor account from one layout to the next.
//!
//! A program that changes the layout of live accounts says three things, each once:
//!
//! 1. what a layout is: [`Layout`] for the old and the new struct;
//! 2. what an old value becomes: [`MigrateFrom`], a pure function;
//! 3. which account is to be migrated: a field `Account<'info, Pending<Old, New>>`.
//!
//! The handler then calls [`Migration::begin`] and [`Migration::migrate`]. When `migrate` returns,
//! the account's bytes are those of the new layout; the instruction fails if it was never called. A
//! handler that returns [`Migrated`] cannot forget it.
//!
//! ```
//! use account_migration::{Borsh, Layout, Migrated, MigrateFrom, Migration, Pending, PendingAccount as _, Rejection, Funding};
//! use anchor_lang::prelude::*;
//!
//! declare_id!("11111111111111111111111111111112");
//!
//! #[account]
//! #[derive(InitSpace)]
//! pub struct CounterV1 { pub authority: Pubkey, pub count: u32 }
//!
//! #[account]
//! #[derive(InitSpace)]
//! pub struct CounterV2 { pub authority: Pubkey, pub count: u64 }
//!
//! impl Layout for CounterV1 {
//!     const OWNER: [u8; 32] = crate::ID.to_bytes();
//!     const LAYOUT_DISCRIMINATOR: &'static [u8] = <Self as Discriminator>::DISCRIMINATOR;
//!     const BODY: usize = Self::INIT_SPACE;
//!     type Encoding = Borsh;
//! }
//!
//! impl Layout for CounterV2 {
//!     const OWNER: [u8; 32] = crate::ID.to_bytes();
//!     const LAYOUT_DISCRIMINATOR: &'static [u8] = <Self as Discriminator>::DISCRIMINATOR;
//!     const BODY: usize = Self::INIT_SPACE;
//!     type Encoding = Borsh;
//! }
//!
//! impl MigrateFrom<CounterV1> for CounterV2 {
//!     type Error = CounterError;
//!     fn migrate_from(old: CounterV1) -> Self {
//!         Self { authority: old.authority, count: old.count.into() }
//!     }
//! }
//!
//! #[error_code]
//! pub enum CounterError {
//!     #[msg("the counter is not a CounterV1 that can be migrated")]
//!     NotMigratable,
//! }
//!
//! impl From<Rejection> for CounterError {
//!     fn from(_: Rejection) -> Self { CounterError::NotMigratable }
//! }
//!
//! #[derive(Accounts)]
//! pub struct Migrate<'info> {
//!     #[account(mut, constraint = counter.old()?.authority == authority.key())]
//!     pub counter: Account<'info, Pending<CounterV1, CounterV2>>,
//!     #[account(mut)]
//!     pub authority: Signer<'info>,
//!     pub system_program: Program<'info, System>,
//! }
//!
//! pub fn migrate(ctx: Context<Migrate>) -> Result<Migrated<CounterV2>> {
//!     let accounts = ctx.accounts;
//!     Migration::begin(&accounts.counter)?
//!         .migrate(&Funding::new(&accounts.authority, &accounts.system_program))
//! }
//! # fn main() {}
//! ```
//!
//! [`migrate_many`] does the same to every account of a list, and skips those that have the new layout
//! already.
//!
//! An account that moves to another program instead ends its life here with [`retire`]: nothing can be
//! made of it, or at its address, again.
//!
//! The [`core`] module holds every decision (is this account migratable, how long does it get, how
//! many lamports does it lack) and no Solana account type; [`anchor`] applies the decisions to an
//! account.

pub mod anchor;
pub mod core;

pub use crate::{
    anchor::{
        batch::{Batch, migrate_many},
        funding::Funding,
        grow::{Growth, grow_step},
        lamports::{LamportPolicy, RentRate},
        migration::{Migrated, Migration},
        pending::{Pending, PendingAccount},
        retire::retire,
    },
    core::{
        contract::{MAX_GROWTH, STACK_BUDGET},
        encoding::{Borsh, Encoding, ZeroCopy},
        layout::Layout,
        migrate_from::{GrowthPath, MigrateFrom},
        rejection::Rejection,
        retirement::{RETIRED, is_retired},
    },
};

#[doc(hidden)]
pub use anchor_lang as __anchor_lang;
