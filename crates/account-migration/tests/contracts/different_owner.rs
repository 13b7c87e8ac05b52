//! error: the old and the new layout have different owner programs

include!("shared/layouts.rs");

#[account]
#[derive(InitSpace)]
pub struct New {
    pub value: u64,
    pub fee: u64,
}

layout!(owner [9; 32], New);
pending!(Old => New);
