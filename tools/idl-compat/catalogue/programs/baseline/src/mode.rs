use anchor_lang::prelude::*;

/// Stored in vaults.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, InitSpace, PartialEq, Eq)]
pub enum Mode {
    Open,
    Frozen,
}
