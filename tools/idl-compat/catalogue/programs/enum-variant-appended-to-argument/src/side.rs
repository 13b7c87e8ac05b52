use anchor_lang::prelude::*;

/// An argument; no account stores it.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy)]
pub enum Side {
    Add,
    Subtract,
    Multiply,
}
