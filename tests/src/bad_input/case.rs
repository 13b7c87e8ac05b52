//! Every combination of an account's owner, discriminator, length and lamports with the signer, an
//! alias and the cluster's rent; and what each instruction must make of it, from the documentation
//! alone.

use {
    anchor_lang::{
        AnchorSerialize, Discriminator, error::ErrorCode, solana_program::system_program,
    },
    app::{
        error::ConfigError,
        state::{ConfigV1, ConfigV2},
    },
    svm_harness::{InstructionError, Pubkey, rent_exempt_minimum},
};

/// Bytes of the two layouts; a config with one operator has 32 more.
pub const V1_LEN: usize = 48;
pub const V2_LEN: usize = 96;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    V1,
    V2,
    /// The discriminator of release 1 with its last byte changed.
    Unknown,
    Zero,
    /// Half the discriminator of release 1, then zeros.
    Prefix,
    /// What is left of a retired config; of no version at another length.
    Retired,
}

/// Why an account is not a config.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unloadable {
    Missing,
    OfAnotherProgram,
    Uninitialized,
    Truncated,
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
            Self::UnknownVersion => custom(ConfigError::UnknownVersion),
            Self::Retired => custom(ConfigError::Retired),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Authority,
    /// The authority is named but does not sign.
    Nobody,
    Stranger,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alias {
    None,
    /// The payer is the signer too.
    SignerPays,
    /// The payer, or the only signer where there is no payer, is the config itself.
    ConfigSigns,
}

#[derive(Clone, Copy, Debug)]
pub enum Funds {
    Nothing,
    OneLamport,
    /// Exactly rent-exempt at its length.
    Exempt,
    Surplus,
}

#[derive(Clone, Copy, Debug)]
pub struct Case {
    pub owner: Pubkey,
    pub kind: Kind,
    pub len: usize,
    pub who: Who,
    pub alias: Alias,
    pub funds: Funds,
    pub lamports_per_byte: u64,
}

pub const LENGTHS: [usize; 15] = [0, 1, 7, 8, 9, 40, 47, 48, 49, 95, 96, 97, 128, 129, 10_240];

/// All cases at one rent.
pub fn cases(lamports_per_byte: u64) -> impl Iterator<Item = Case> {
    let owners = [
        app::ID,
        system_program::ID,
        anchor_spl::token::ID,
        Pubkey::new_from_array([7; 32]),
    ];
    let kinds = [
        Kind::V1,
        Kind::V2,
        Kind::Unknown,
        Kind::Zero,
        Kind::Prefix,
        Kind::Retired,
    ];
    let whos = [Who::Authority, Who::Nobody, Who::Stranger];
    let aliases = [Alias::None, Alias::SignerPays, Alias::ConfigSigns];
    let funds = [
        Funds::Nothing,
        Funds::OneLamport,
        Funds::Exempt,
        Funds::Surplus,
    ];
    owners.into_iter().flat_map(move |owner| {
        kinds.into_iter().flat_map(move |kind| {
            LENGTHS.into_iter().flat_map(move |len| {
                whos.into_iter().flat_map(move |who| {
                    aliases.into_iter().flat_map(move |alias| {
                        funds.into_iter().map(move |funds| Case {
                            owner,
                            kind,
                            len,
                            who,
                            alias,
                            funds,
                            lamports_per_byte,
                        })
                    })
                })
            })
        })
    })
}

impl Case {
    /// The account's data: fields of the layout that the discriminator names, then stray bytes.
    pub fn data(&self, authority: Pubkey) -> Vec<u8> {
        let v1 = ConfigV1 {
            authority,
            value: 3,
        };
        let mut data = match self.kind {
            Kind::V1 => ConfigV1::DISCRIMINATOR.to_vec(),
            Kind::V2 => ConfigV2::DISCRIMINATOR.to_vec(),
            Kind::Zero => vec![0; 8],
            Kind::Unknown => {
                let mut bytes = ConfigV1::DISCRIMINATOR.to_vec();
                bytes[7] ^= 1;
                bytes
            }
            Kind::Prefix => {
                let mut bytes = ConfigV1::DISCRIMINATOR.to_vec();
                bytes[4..].fill(0);
                bytes
            }
            Kind::Retired => vec![0xff; 8],
        };
        v1.serialize(&mut data).expect("a Vec takes all bytes");
        if self.kind == Kind::V2 {
            data.resize(V2_LEN, 0);
        }
        data.resize(data.len().max(self.len), 0xaa);
        data.truncate(self.len);
        data
    }

    pub fn minimum(&self, len: usize) -> u64 {
        rent_exempt_minimum(len, self.lamports_per_byte)
    }

    pub fn lamports(&self) -> u64 {
        match self.funds {
            Funds::Nothing => 0,
            Funds::OneLamport => 1,
            Funds::Exempt => self.minimum(self.len),
            Funds::Surplus => self.minimum(self.len) + 1_000_000,
        }
    }

    /// Why the account is not a config of either layout, if it is not.
    pub fn unloadable(&self) -> Option<Unloadable> {
        if self.lamports() == 0 {
            return Some(Unloadable::Missing);
        }
        if self.owner != app::ID {
            return Some(Unloadable::OfAnotherProgram);
        }
        let uninitialized = self.len == 0 || self.kind == Kind::Zero;
        let known = matches!(self.kind, Kind::V1 | Kind::V2);
        let beginning_of_known =
            self.len < 8 && known || self.kind == Kind::Prefix && self.len <= 4;
        let too_short = match self.kind {
            Kind::V1 => self.len < V1_LEN,
            Kind::V2 => self.len < V2_LEN,
            _ => false,
        };
        // The unknown discriminator differs from that of release 1 in its last byte only.
        let cut_before_the_difference = self.kind == Kind::Unknown && self.len < 8;
        if self.kind == Kind::Retired && self.len == 8 {
            Some(Unloadable::Retired)
        } else if uninitialized {
            Some(Unloadable::Uninitialized)
        } else if beginning_of_known || cut_before_the_difference || too_short {
            Some(Unloadable::Truncated)
        } else if known {
            None
        } else {
            Some(Unloadable::UnknownVersion)
        }
    }

    /// Whether the account is this program's and begins with the whole discriminator of the kind.
    pub fn is_full(&self, kind: Kind) -> bool {
        self.lamports() > 0 && self.owner == app::ID && self.kind == kind && self.len >= 8
    }
}

/// The failure of an instruction with this error.
pub fn custom(error: impl Into<u32>) -> InstructionError {
    InstructionError::Custom(error.into())
}
