//! error: the new layout is more than 10,240 bytes longer than the old one

include!("shared/layouts.rs");

#[account]
#[derive(InitSpace)]
pub struct New {
    pub value: u64,
    pub fee: u64,
}

layout!(New, const SPACE: usize = Old::SPACE + 10_241;);
pending!(Old => New);
