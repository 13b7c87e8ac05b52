//! error: the old and the new value do not fit one 4 KiB stack frame together

include!("shared/layouts.rs");

#[account]
#[derive(InitSpace)]
pub struct New {
    pub values: [u8; 3_577],
}

layout!(New);
pending!(Old => New);
