//! The bytes of a config in `app`, written out.

use svm_harness::Pubkey;

/// The discriminators of the two layouts.
pub const CONFIG_V1: [u8; 8] = [84, 236, 11, 221, 3, 23, 47, 8];
pub const CONFIG_V2: [u8; 8] = [2, 19, 141, 11, 71, 106, 211, 166];

/// What is left of a retired config.
pub const RETIRED: [u8; 8] = [0xff; 8];

/// Bytes of the two layouts; an operator takes 32 more.
pub const V1_LEN: usize = 48;
pub const V2_LEN: usize = 96;

/// What a config holds. In the layout of release 1 there are the first two alone.
#[derive(Clone, Debug)]
pub struct Fields {
    pub authority: Pubkey,
    pub value: u64,
    pub revision: u32,
    pub fee: u64,
    pub fee_mint: Pubkey,
    pub operators: Vec<Pubkey>,
}

/// A config of the program in one of its layouts.
#[derive(Clone, Debug)]
pub enum Config {
    V1(Fields),
    V2(Fields),
}

impl Fields {
    pub fn as_v1(&self) -> Vec<u8> {
        let mut data = CONFIG_V1.to_vec();
        data.extend(self.authority.to_bytes());
        data.extend(self.value.to_le_bytes());
        data
    }

    pub fn as_v2(&self) -> Vec<u8> {
        let mut data = CONFIG_V2.to_vec();
        data.extend(self.authority.to_bytes());
        data.extend(self.value.to_le_bytes());
        data.extend(self.revision.to_le_bytes());
        data.extend(self.fee.to_le_bytes());
        data.extend(self.fee_mint.to_bytes());
        data.extend(operators(&self.operators));
        data
    }
}

impl Config {
    pub fn fields(&self) -> &Fields {
        match self {
            Self::V1(fields) | Self::V2(fields) => fields,
        }
    }

    pub fn bytes(&self) -> Vec<u8> {
        match self {
            Self::V1(fields) => fields.as_v1(),
            Self::V2(fields) => fields.as_v2(),
        }
    }
}

/// A list of operators: its count, then their addresses.
pub fn operators(list: &[Pubkey]) -> Vec<u8> {
    let mut data = (list.len() as u32).to_le_bytes().to_vec();
    for operator in list {
        data.extend(operator.to_bytes());
    }
    data
}
