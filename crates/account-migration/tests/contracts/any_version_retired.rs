//! error: a version's discriminator is empty, all zero, that of retired accounts, or begins with another version's

include!("shared/layouts.rs");

#[account]
#[derive(Debug, PartialEq, Eq, InitSpace)]
pub struct First {
    pub value: u64,
}

#[account]
#[derive(Debug, PartialEq, Eq, InitSpace)]
pub struct Second {
    pub value: u64,
}

layout!(discriminator [1], First);
layout!(discriminator [0xff; 9], Second);

account_migration::any_version! {
    pub enum Card: CardError {
        First(First),
        Second(Second),
    }
}

fn main() {}
