//! error: the new layout is shorter than the old one

include!("shared/layouts.rs");

#[account]
#[derive(InitSpace)]
pub struct New {
    pub value: u32,
}

layout!(New);
pending!(Old => New, const EXTENDS_IN_PLACE: bool = true;);
