//! error: the discriminators differ in length

include!("shared/layouts.rs");

#[account]
#[derive(InitSpace)]
pub struct New {
    pub value: u64,
    pub fee: u64,
}

layout!(discriminator [7], New);
pending!(Old => New, const EXTENDS_IN_PLACE: bool = true;);
