use anchor_lang::prelude::*;

#[error_code]
pub enum VaultError {
    #[msg("the vault is frozen")]
    Frozen,
    #[msg("the amount is above the vault's limit")]
    AboveLimit,
    #[msg("the value does not fit into 64 bits")]
    Overflow,
    #[msg("the vault is closed")]
    Closed,
}
