//! error: one layout's discriminator begins with the other's

include!("shared/layouts.rs");

#[account]
#[derive(InitSpace)]
pub struct New {
    pub value: u64,
    pub fee: u64,
}

const LONGER: &[u8] = &{
    let mut longer = [1; 9];
    longer.split_at_mut(8).0.copy_from_slice(<Old as Discriminator>::DISCRIMINATOR);
    longer
};

layout!(@ New, ID.to_bytes(), LONGER);
pending!(Old => New);
