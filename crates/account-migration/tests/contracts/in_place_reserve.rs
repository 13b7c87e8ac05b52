//! error: the old layout has a reserve behind its fields

include!("shared/layouts.rs");

#[account]
#[derive(InitSpace)]
pub struct Reserved {
    pub value: u64,
}

layout!(Reserved, const SPACE: usize = 24;);

#[account]
#[derive(InitSpace)]
pub struct New {
    pub value: u64,
    pub fee: u64,
}

layout!(New);
pending!(Reserved => New, const EXTENDS_IN_PLACE: bool = true;);
