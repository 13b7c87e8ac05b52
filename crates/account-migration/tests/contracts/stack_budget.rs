#![allow(unexpected_cfgs)]

include!("shared/layouts.rs");

#[account]
#[derive(InitSpace)]
pub struct New {
    pub values: [u8; 3_577],
}

layout!(New);
pending!(Old => New);
