//! What a program reads in the account of a case.

use {
    super::{
        case::{Case, Owner, Who},
        keys::Keys,
        kind::{Holds, Kind},
        layout::{Config, Fields, V1_LEN, V2_LEN},
    },
    anchor_lang::error::ErrorCode,
    app::error::ConfigError,
    svm_harness::{InstructionError, Pubkey},
};

/// Why an account is not a config of `app`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unloadable {
    Missing,
    OfAnotherProgram,
    Uninitialized,
    Truncated,
    Corrupt,
    UnknownVersion,
    Retired,
}

impl Unloadable {
    /// What `app` answers.
    pub fn in_app(self) -> InstructionError {
        match self {
            Self::Missing => custom(ErrorCode::AccountNotInitialized),
            Self::OfAnotherProgram => custom(ErrorCode::AccountOwnedByWrongProgram),
            Self::Uninitialized => custom(ConfigError::Uninitialized),
            Self::Truncated => custom(ConfigError::Truncated),
            Self::Corrupt => custom(ConfigError::Corrupt),
            Self::UnknownVersion => custom(ConfigError::UnknownVersion),
            Self::Retired => custom(ConfigError::Retired),
        }
    }
}

impl Case {
    /// The config of `app` that the account is.
    pub fn load(&self, keys: &Keys) -> Result<Config, Unloadable> {
        if self.lamports() == 0 {
            return Err(Unloadable::Missing);
        }
        if self.owner != Owner::Right {
            return Err(Unloadable::OfAnotherProgram);
        }
        self.decode(keys)
    }

    /// The config in the account's data, whoever owns the account.
    pub fn decode(&self, keys: &Keys) -> Result<Config, Unloadable> {
        if self.len == 0 {
            return Err(Unloadable::Uninitialized);
        }
        match self.kind {
            Kind::Zero => Err(Unloadable::Uninitialized),
            Kind::V1 if self.len < V1_LEN => Err(Unloadable::Truncated),
            Kind::V2(_) if self.len < V2_LEN => Err(Unloadable::Truncated),
            // It differs from the discriminator of release 1 in the last byte.
            Kind::Unknown if self.len < 8 => Err(Unloadable::Truncated),
            // The fifth byte is the first that differs.
            Kind::Prefix if self.len < 5 => Err(Unloadable::Truncated),
            Kind::Retired if self.len == 8 => Err(Unloadable::Retired),
            Kind::Unknown | Kind::Prefix | Kind::Retired => Err(Unloadable::UnknownVersion),
            Kind::V1 => Ok(Config::V1(Holds::Nothing.fields(keys))),
            Kind::V2(holds) => {
                let data = self.kind.data(keys, self.len);
                let operators = counted(&data[V2_LEN..], holds.count())?;
                let fields = Fields {
                    operators,
                    ..holds.fields(keys)
                };
                Ok(Config::V2(fields))
            }
        }
    }

    /// Whether the account is this program's and has the discriminator and the length of release 1.
    pub fn is_v1(&self) -> bool {
        self.is_whole(self.kind == Kind::V1, V1_LEN)
    }

    /// Whether the account is this program's and has the discriminator and the length of release 2.
    pub fn is_v2(&self) -> bool {
        self.is_whole(matches!(self.kind, Kind::V2(_)), V2_LEN)
    }

    fn is_whole(&self, has_discriminator: bool, len: usize) -> bool {
        has_discriminator && self.lamports() > 0 && self.owner == Owner::Right && self.len >= len
    }

    /// The error of a signer that did not sign.
    pub fn signed(&self) -> Result<(), InstructionError> {
        match self.who {
            Who::Nobody => Err(custom(ErrorCode::AccountNotSigner)),
            _ => Ok(()),
        }
    }
}

/// The first `count` addresses in these bytes. What lies behind them is no part of the config.
pub fn counted(bytes: &[u8], count: usize) -> Result<Vec<Pubkey>, Unloadable> {
    let addresses = count.checked_mul(32).and_then(|len| bytes.get(..len));
    let addresses = addresses.ok_or(Unloadable::Corrupt)?;
    let address = |bytes| Pubkey::try_from(bytes).expect("32 bytes");
    Ok(addresses.chunks(32).map(address).collect())
}

/// The failure of an instruction with this error.
pub fn custom(error: impl Into<u32>) -> InstructionError {
    InstructionError::Custom(error.into())
}
