//! Prices in dollars that become prices in cents, with discriminators that do not say which is
//! which. `account_migration` does not compile a migration between them.

use anchor_lang::prelude::*;

#[account(discriminator = [7])]
pub struct EqualDollars {
    pub amount: u64,
}

/// Begins as [`EqualDollars`] does.
#[account(discriminator = [7])]
pub struct EqualCents {
    pub amount: u64,
}

#[account(discriminator = [8])]
pub struct PrefixDollars {
    pub amount: u64,
}

/// Its discriminator begins with that of [`PrefixDollars`].
#[account(discriminator = [8, 1])]
pub struct PrefixCents {
    pub amount: u64,
}
