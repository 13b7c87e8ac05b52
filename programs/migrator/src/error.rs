use {account_migration::Rejection, anchor_lang::prelude::*};

/// Codes are append-only: a client of any release reads the same meaning from a number.
#[error_code]
pub enum MigratorError {
    /// 6000
    #[msg("the old config was migrated already: find its successor by the old address")]
    AlreadyMigrated,
    /// 6001
    #[msg(
        "the old config's discriminator is of no known release: pass a config of the old program"
    )]
    UnknownVersion,
    /// 6002
    #[msg("the old config was never initialized: there is nothing to migrate")]
    Uninitialized,
    /// 6003
    #[msg("the old config's data is shorter than its layout: the old program did not make it")]
    Truncated,
    /// 6004
    #[msg("the old config's fields do not decode: the old program did not make it")]
    Corrupt,
    /// 6005
    #[msg("the signer is not the old config's authority")]
    WrongAuthority,
    /// 6006
    #[msg("the old config is not at the address derived from its authority and old_bump")]
    WrongOldAddress,
    /// 6007
    #[msg("the old config holds other bytes than expected: fetch it again and review it")]
    UnexpectedData,
    /// 6008
    #[msg("the migration authority is not this program's: pass the address derived from its id")]
    WrongMigrationAuthority,
    /// 6009
    #[msg("the new config does not hold what the old one held: the successor program was changed")]
    NotEquivalent,
    /// 6010
    #[msg("the payer would pay more lamports (right) than max_payment (left): pass a higher limit")]
    PaymentAboveLimit,
    /// 6011
    #[msg("the payer got an owner or data: the successor program was changed")]
    PayerChanged,
    /// 6012
    #[msg("the new config is not the successor program's: that program was changed")]
    WrongNewOwner,
    /// 6013
    #[msg("the payer has fewer lamports (left) than it would pay (right): fund the payer")]
    InsufficientFunds,
    /// 6014
    #[msg(
        "the payer belongs to another program or holds data: pass an account of the System program"
    )]
    PayerCannotPay,
}

impl From<Rejection> for MigratorError {
    fn from(rejection: Rejection) -> Self {
        match rejection {
            Rejection::Retired => Self::AlreadyMigrated,
            Rejection::Uninitialized => Self::Uninitialized,
            Rejection::Truncated => Self::Truncated,
            Rejection::Corrupt => Self::Corrupt,
            Rejection::InsufficientFunds => Self::InsufficientFunds,
            Rejection::PayerCannotPay => Self::PayerCannotPay,
            // Reading and paying answer no other rejection.
            _ => Self::UnknownVersion,
        }
    }
}
