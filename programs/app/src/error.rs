use {account_migration::Rejection, anchor_lang::prelude::*};

/// Codes are append-only: a client of any release reads the same meaning from a number.
#[error_code]
pub enum ConfigError {
    /// 6000, since release 1
    #[msg("the signer is not the config's authority: sign with the authority")]
    WrongAuthority,
    /// 6001
    #[msg("the config still has the layout of release 1: call migrate first")]
    NotMigrated,
    /// 6002
    #[msg("the config has the layout of release 2 already: there is nothing to migrate")]
    AlreadyMigrated,
    /// 6003
    #[msg("the config's discriminator is of no known release: pass a config of this program")]
    UnknownVersion,
    /// 6004
    #[msg("the config was never initialized: call initialize or initialize_v2 first")]
    Uninitialized,
    /// 6005
    #[msg("the config's data is shorter than its layout: it was not made by this program")]
    Truncated,
    /// 6006
    #[msg("the config's fields do not decode: it was not made by this program")]
    Corrupt,
    /// 6007
    #[msg("the config is not writable: pass it as a writable account")]
    NotWritable,
    /// 6008
    #[msg("the payer is the config itself: pass another payer")]
    PayerIsConfig,
    /// 6009
    #[msg("the payer has fewer lamports (left) than it would pay (right): fund the payer")]
    InsufficientFunds,
    /// 6010
    #[msg("the config (left: its bytes) does not grow to its new size (right) in one instruction")]
    TooLarge,
    /// 6011
    #[msg(
        "the signer is not the config's authority: sign with it, or pass program_data as the upgrade authority"
    )]
    CannotMigrate,
    /// 6012
    #[msg(
        "the signer is not the program's upgrade authority, which an immutable program does not have"
    )]
    WrongUpgradeAuthority,
    /// 6013
    #[msg("the program data account is not this program's: pass the address derived from its id")]
    WrongProgramData,
    /// 6014
    #[msg(
        "the signer is neither the config's authority nor one of its operators: sign with one of them"
    )]
    CannotUpdate,
    /// 6015
    #[msg("the config is at another revision (left) than expected (right): fetch it again")]
    RevisionMismatch,
    /// 6016
    #[msg("the config charges a fee: pass fee_source, fee_vault, fee_mint and token_program")]
    FeeAccountsMissing,
    /// 6017
    #[msg("the mint (left) is not the config's fee mint (right): pass that one")]
    WrongFeeMint,
    /// 6018
    #[msg("the fee vault's owner or mint (left) is not the config's authority or fee mint (right)")]
    WrongFeeVault,
    /// 6019
    #[msg("a config has at most 16 operators (left): list fewer (right)")]
    TooManyOperators,
    /// 6020
    #[msg("the same operator is listed twice, at two positions (left, right): list it once")]
    DuplicateOperator,
    /// 6021
    #[msg("a fee needs a mint: pass the mint whose token is charged")]
    FeeMintMissing,
    /// 6022
    #[msg("the revision, fee or operators would be lost: pass discard_v2_data to accept that")]
    WouldDiscardV2Data,
    /// 6023
    #[msg(
        "the config has fewer lamports (left) than its new size needs (right): send it the difference first"
    )]
    BelowRentExemption,
    /// 6024
    #[msg("the config was retired: it lives on in the successor program")]
    Retired,
    /// 6025
    #[msg("the recipient of the config's lamports is the config itself: pass another recipient")]
    RecipientIsConfig,
    /// 6026
    #[msg("the signer is not the migration program: call its instruction migrate_account instead")]
    WrongMigrationAuthority,
    /// 6027
    #[msg("no config was passed: pass the configs to migrate as remaining accounts")]
    NoConfigs,
    /// 6028
    #[msg(
        "the configs lack more rent (left) than max_top_up (right): pass a higher limit or fewer configs"
    )]
    TopUpAboveLimit,
    /// 6029
    #[msg("the config is passed twice: pass it once")]
    DuplicateConfig,
    /// 6030
    #[msg(
        "the payer belongs to another program or holds data: pass an account of the System program"
    )]
    PayerCannotPay,
    /// 6031
    #[msg("the config's fee (right) is above max_fee (left): agree to it, or ask the authority")]
    FeeAboveLimit,
}

impl From<Rejection> for ConfigError {
    fn from(rejection: Rejection) -> Self {
        match rejection {
            Rejection::Uninitialized => Self::Uninitialized,
            Rejection::Retired => Self::Retired,
            Rejection::AlreadyMigrated => Self::AlreadyMigrated,
            Rejection::UnknownVersion => Self::UnknownVersion,
            Rejection::Truncated => Self::Truncated,
            Rejection::Corrupt => Self::Corrupt,
            Rejection::NotWritable => Self::NotWritable,
            Rejection::Aliased => Self::PayerIsConfig,
            Rejection::Duplicate => Self::DuplicateConfig,
            Rejection::PayerCannotPay => Self::PayerCannotPay,
            Rejection::InsufficientFunds => Self::InsufficientFunds,
            Rejection::TopUpAboveLimit => Self::TopUpAboveLimit,
            Rejection::BelowRentExemption => Self::BelowRentExemption,
            Rejection::TooLarge | Rejection::GrowFirst => Self::TooLarge,
            Rejection::NotMigrated => Self::NotMigrated,
        }
    }
}

/// What [`Rejection`] means when the migration goes back to release 1.
pub struct RollbackError(ConfigError);

impl From<Rejection> for RollbackError {
    fn from(rejection: Rejection) -> Self {
        Self(match rejection {
            Rejection::AlreadyMigrated => ConfigError::NotMigrated,
            other => other.into(),
        })
    }
}

impl From<RollbackError> for Error {
    fn from(error: RollbackError) -> Self {
        error.0.into()
    }
}
