//! error: a step-wise account has grown beyond the old layout

include!("shared/layouts.rs");

#[account]
#[derive(InitSpace)]
pub struct New {
    pub value: u64,
    pub fee: u64,
}

layout!(New);
pending!(
    Old => New,
    const EXTENDS_IN_PLACE: bool = true;,
    const GROWTH_PATH: account_migration::GrowthPath = account_migration::GrowthPath::StepWise;
);
