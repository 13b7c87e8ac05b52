//! error: a layout has an empty discriminator

include!("shared/layouts.rs");

#[account]
#[derive(InitSpace)]
pub struct New {
    pub value: u64,
    pub fee: u64,
}

layout!(discriminator [], New);
pending!(Old => New);
