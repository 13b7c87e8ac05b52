//! error: the versions have different owner programs

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

layout!(First);
layout!(owner [9; 32], Second);

account_migration::any_version! {
    pub enum Card: CardError {
        First(First),
        Second(Second),
    }
}

fn main() {}
