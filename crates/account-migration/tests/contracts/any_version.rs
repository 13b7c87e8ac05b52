//! compiles
//!
//! Versions of one owner, each of which Anchor writes back as it is read.

include!("shared/layouts.rs");

#[account]
#[derive(Debug, PartialEq, Eq, InitSpace)]
pub struct First {
    pub value: u64,
}

#[account(discriminator = [2, 3])]
#[derive(Debug, PartialEq, Eq, InitSpace)]
pub struct Second {
    pub value: u64,
}

layout!(First);
layout!(discriminator [2, 3], Second);

account_migration::any_version! {
    pub enum Card: CardError {
        First(First),
        Second(Second),
    }
}

fn main() {}
