//! error: a layout's discriminator is all zero

include!("shared/layouts.rs");

#[account]
#[derive(InitSpace)]
pub struct New {
    pub value: u64,
    pub fee: u64,
}

layout!(discriminator [0; 8], New);
pending!(Old => New);
