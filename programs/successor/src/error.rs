use anchor_lang::prelude::*;

/// Codes are append-only: a client of any release reads the same meaning from a number.
#[error_code]
pub enum SuccessorError {
    /// 6000
    #[msg("the signer is not the migration program: call its instruction migrate_account instead")]
    WrongMigrationAuthority,
    /// 6001
    #[msg("the predecessor is not a retired config of the old program: retire it first")]
    NotRetired,
    /// 6002
    #[msg("the signer is not the config's authority")]
    WrongAuthority,
}
