use {account_migration::Rejection, anchor_lang::prelude::*};

/// One error for each [`Rejection`] and those of the fixtures.
#[error_code]
pub enum LabError {
    /// 6000
    #[msg("the account was never initialized")]
    Uninitialized,
    /// 6001
    #[msg("the account has the new layout already")]
    AlreadyMigrated,
    /// 6002
    #[msg("the discriminator is of neither layout")]
    UnknownVersion,
    /// 6003
    #[msg("the data is shorter than the layout")]
    Truncated,
    /// 6004
    #[msg("the fields do not decode")]
    Corrupt,
    /// 6005
    #[msg("the account is not writable")]
    NotWritable,
    /// 6006
    #[msg("the payer or recipient is the account itself")]
    Aliased,
    /// 6007
    #[msg("the payer cannot pay the missing rent")]
    InsufficientFunds,
    /// 6008
    #[msg("the migrated value does not fit its layout's space")]
    TooLarge,
    /// 6009
    #[msg("the account must be grown step by step first")]
    GrowFirst,
    /// 6010
    #[msg("the instruction ended without migrating the account")]
    NotMigrated,
    /// 6011
    #[msg("the signer is neither the config's authority nor the program's upgrade authority")]
    CannotMigrate,
    /// 6012
    #[msg("the program data account is not this program's")]
    WrongProgramData,
    /// 6013
    #[msg("growing ended at another length than the client expects")]
    UnexpectedGrowth,
    /// 6014
    #[msg("the account was retired")]
    Retired,
    /// 6015
    #[msg("the retired account would not be rent-exempt")]
    BelowRentExemption,
    /// 6016
    #[msg("the accounts lack more rent than the limit")]
    TopUpAboveLimit,
    /// 6017
    #[msg("the account is passed more than once")]
    Duplicate,
    /// 6018
    #[msg("the payer is not an account of the System program without data")]
    PayerCannotPay,
}

impl From<Rejection> for LabError {
    fn from(rejection: Rejection) -> Self {
        match rejection {
            Rejection::Uninitialized => Self::Uninitialized,
            Rejection::Retired => Self::Retired,
            Rejection::AlreadyMigrated => Self::AlreadyMigrated,
            Rejection::UnknownVersion => Self::UnknownVersion,
            Rejection::Truncated => Self::Truncated,
            Rejection::Corrupt => Self::Corrupt,
            Rejection::NotWritable => Self::NotWritable,
            Rejection::Aliased => Self::Aliased,
            Rejection::Duplicate => Self::Duplicate,
            Rejection::PayerCannotPay => Self::PayerCannotPay,
            Rejection::InsufficientFunds => Self::InsufficientFunds,
            Rejection::TopUpAboveLimit => Self::TopUpAboveLimit,
            Rejection::BelowRentExemption => Self::BelowRentExemption,
            Rejection::TooLarge => Self::TooLarge,
            Rejection::GrowFirst => Self::GrowFirst,
            Rejection::NotMigrated => Self::NotMigrated,
        }
    }
}
