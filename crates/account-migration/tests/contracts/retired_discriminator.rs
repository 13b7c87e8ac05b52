//! error: a layout's discriminator is that of retired accounts

include!("shared/layouts.rs");

#[account]
#[derive(InitSpace)]
pub struct New {
    pub value: u64,
    pub fee: u64,
}

layout!(discriminator [0xff; 7], New);
pending!(Old => New);
