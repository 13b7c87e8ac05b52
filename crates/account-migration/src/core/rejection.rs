use std::fmt;

/// Why an account is not migrated. Nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// The account is empty or its discriminator is zero: it was never initialized.
    Uninitialized,
    /// The account was retired: its life in this program ended.
    Retired,
    /// The account has the new layout already.
    AlreadyMigrated,
    /// The discriminator is of neither the old nor the new layout.
    UnknownVersion,
    /// The discriminator is right, but the data is shorter than the layout.
    Truncated,
    /// The data is long enough, but its fields do not decode.
    Corrupt,
    /// The transaction does not pass the account as writable.
    NotWritable,
    /// The payer or the recipient of lamports is the migrated account itself.
    Aliased,
    /// The instruction passes the account more than once, or its handler holds a clone of it: another
    /// field could write it back in its old layout.
    Duplicate,
    /// The payer's account belongs to a program other than the System program, or holds data: it cannot
    /// transfer lamports.
    PayerCannotPay,
    /// The payer has fewer lamports than the account lacks to be rent-exempt.
    InsufficientFunds,
    /// The accounts of a batch lack more lamports to be rent-exempt than the caller allows.
    TopUpAboveLimit,
    /// The retired account has fewer lamports than make what is left of it rent-exempt.
    BelowRentExemption,
    /// The migrated value takes more bytes than its layout's space.
    TooLarge,
    /// The account must be grown step by step before it can be migrated.
    GrowFirst,
    /// The instruction ended without migrating the account that it declared as pending.
    NotMigrated,
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Uninitialized => "the account was never initialized",
            Self::Retired => "the account was retired",
            Self::AlreadyMigrated => "the account has the new layout already",
            Self::UnknownVersion => "the discriminator is of neither layout",
            Self::Truncated => "the data is shorter than the layout",
            Self::Corrupt => "the fields do not decode",
            Self::NotWritable => "the account is not writable",
            Self::Aliased => "the payer or recipient is the account itself",
            Self::Duplicate => "the account is passed more than once",
            Self::PayerCannotPay => {
                "the payer is not an account of the System program without data"
            }
            Self::InsufficientFunds => "the payer cannot pay the missing rent",
            Self::TopUpAboveLimit => "the accounts lack more rent than the limit",
            Self::BelowRentExemption => "the retired account would not be rent-exempt",
            Self::TooLarge => "the migrated value does not fit its layout's space",
            Self::GrowFirst => "the account must be grown step by step first",
            Self::NotMigrated => "the instruction ended without migrating the account",
        })
    }
}

impl std::error::Error for Rejection {}
