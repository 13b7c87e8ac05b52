//! error: one layout's discriminator begins with the other's

include!("shared/layouts.rs");

#[account]
#[derive(InitSpace)]
pub struct New {
    pub value: u64,
    pub fee: u64,
}

layout!(@ New, ID.to_bytes(), <Old as Discriminator>::DISCRIMINATOR);
pending!(Old => New);
