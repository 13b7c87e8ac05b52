//! error: a layout's SPACE is smaller than its discriminator and BODY

include!("shared/layouts.rs");

#[account]
#[derive(InitSpace)]
pub struct New {
    pub value: u64,
    pub fee: u64,
}

layout!(New, const SPACE: usize = 8 + 15;);
pending!(New => Old);
