#![allow(unexpected_cfgs)]

include!("shared/layouts.rs");

#[account]
#[derive(InitSpace)]
pub struct New {
    pub value: u64,
    pub fee: u64,
}

layout!(New, const SPACE: usize = Old::SPACE + 10_241;);
pending!(Old => New);
