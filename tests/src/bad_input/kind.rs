//! What the bytes of an account are.

use {
    super::{
        keys::Keys,
        layout::{CONFIG_V1, CONFIG_V2, Fields, RETIRED},
    },
    svm_harness::{Pubkey, Signer},
};

/// The fee of a config that has one.
pub const FEE: u64 = 5;

/// The byte that stands behind the last field.
const STRAY: u8 = 0xaa;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    V1,
    V2(Holds),
    /// The discriminator of release 1 with its last byte changed.
    Unknown,
    Zero,
    /// Half the discriminator of release 1, then zeros.
    Prefix,
    /// What is left of a retired config; of no version at another length.
    Retired,
}

/// What is in the fields that only release 2 has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Nothing,
    /// The last revision before 0 follows.
    Revision,
    /// This many.
    Operators(usize),
    Fee,
    /// The most operators and a fee.
    OperatorsAndFee,
    /// One operator behind this count, which is larger.
    Count(u32),
}

impl Kind {
    pub const ALL: [Kind; 16] = [
        Self::V1,
        Self::V2(Holds::Nothing),
        Self::V2(Holds::Revision),
        Self::V2(Holds::Operators(1)),
        Self::V2(Holds::Operators(16)),
        Self::V2(Holds::Fee),
        Self::V2(Holds::OperatorsAndFee),
        Self::V2(Holds::Count(2)),
        Self::V2(Holds::Count(17)),
        Self::V2(Holds::Count(255)),
        Self::V2(Holds::Count(0x8000)),
        Self::V2(Holds::Count(0xffff_ffff)),
        Self::Unknown,
        Self::Zero,
        Self::Prefix,
        Self::Retired,
    ];

    /// The data of a config of this kind with this length: discriminator and fields, then stray bytes.
    pub fn data(self, keys: &Keys, len: usize) -> Vec<u8> {
        let mut data = match self {
            Self::V2(holds) => {
                let mut data = holds.fields(keys).as_v2();
                holds.miscount(&mut data[92..96]);
                data
            }
            _ => {
                let mut data = Holds::Nothing.fields(keys).as_v1();
                self.change_discriminator(&mut data[..8], CONFIG_V1);
                data
            }
        };
        data.resize(data.len().max(len), STRAY);
        data.truncate(len);
        data
    }

    /// Writes what this kind has in place of the `oldest` discriminator of its program.
    pub fn change_discriminator(self, bytes: &mut [u8], oldest: [u8; 8]) {
        bytes.copy_from_slice(&match self {
            Self::V1 => CONFIG_V1,
            Self::V2(_) => CONFIG_V2,
            Self::Unknown => {
                let mut changed = oldest;
                changed[7] ^= 1;
                changed
            }
            Self::Zero => [0; 8],
            Self::Prefix => {
                let mut changed = oldest;
                changed[4..].fill(0);
                changed
            }
            Self::Retired => RETIRED,
        });
    }
}

impl Holds {
    pub fn fields(self, keys: &Keys) -> Fields {
        let operators = match self {
            Self::Nothing | Self::Revision | Self::Fee => &[][..],
            Self::Operators(count) => &keys.operators[..count],
            Self::OperatorsAndFee => &keys.operators,
            Self::Count(_) => &keys.operators[..1],
        };
        let (fee, fee_mint) = match self {
            Self::Fee | Self::OperatorsAndFee => (FEE, keys.fee_mint),
            _ => (0, Pubkey::default()),
        };
        Fields {
            authority: keys.authority.pubkey(),
            value: 3,
            revision: if self == Self::Revision { u32::MAX } else { 0 },
            fee,
            fee_mint,
            operators: operators.to_vec(),
        }
    }

    /// Puts the wrong count, if there is one, where the operators are counted.
    pub fn miscount(self, bytes: &mut [u8]) {
        if let Self::Count(count) = self {
            bytes.copy_from_slice(&count.to_le_bytes());
        }
    }

    /// How many operators the bytes say there are.
    pub fn count(self) -> usize {
        match self {
            Self::Nothing | Self::Revision | Self::Fee => 0,
            Self::Operators(count) => count,
            Self::OperatorsAndFee => 16,
            Self::Count(count) => count as usize,
        }
    }
}
