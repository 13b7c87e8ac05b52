//! error: a version's LAYOUT_DISCRIMINATOR is not the DISCRIMINATOR that Anchor writes back

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

layout!(discriminator [2; 8], First);
layout!(Second);

account_migration::any_version! {
    pub enum Card: CardError {
        First(First),
        Second(Second),
    }
}

fn main() {}
