//! The part of the fleet that one worker migrates.

use {
    solana_pubkey::Pubkey,
    std::{fmt, str::FromStr},
    thiserror::Error,
};

/// Worker `index` of `count`. Which worker an account belongs to depends on its address alone, so that
/// no change of its data moves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// From 1 to `count`.
    pub index: u32,
    pub count: u32,
}

#[derive(Debug, Error, PartialEq, Eq)]
#[error("`{0}` is no shard: write i/n, such as 2/4 for the second of four workers")]
pub struct NoShard(String);

impl Shard {
    /// The whole fleet.
    pub const ALL: Self = Self { index: 1, count: 1 };

    pub fn has(&self, address: &Pubkey) -> bool {
        let [a, b, c, d, e, f, g, h, ..] = address.to_bytes();
        let number = u64::from_le_bytes([a, b, c, d, e, f, g, h]);
        number % u64::from(self.count) == u64::from(self.index - 1)
    }
}

impl FromStr for Shard {
    type Err = NoShard;

    fn from_str(text: &str) -> Result<Self, NoShard> {
        let shard = || {
            let (index, count) = text.split_once('/')?;
            let (index, count) = (index.parse().ok()?, count.parse().ok()?);
            (1..=count)
                .contains(&index)
                .then_some(Self { index, count })
        };
        shard().ok_or_else(|| NoShard(text.to_owned()))
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_account_belongs_to_one_worker() {
        for seed in 0..1_000u64 {
            let mut bytes = [7; 32];
            bytes[..8].copy_from_slice(&seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_le_bytes());
            let address = Pubkey::new_from_array(bytes);
            assert!(Shard::ALL.has(&address));
            let owners = (1..=4).filter(|&index| Shard { index, count: 4 }.has(&address));
            assert_eq!(owners.count(), 1);
        }
    }

    #[test]
    fn a_shard_is_written_as_a_fraction() {
        assert_eq!("2/4".parse(), Ok(Shard { index: 2, count: 4 }));
        assert_eq!(Shard { index: 2, count: 4 }.to_string(), "2/4");
        for text in ["", "2", "0/4", "5/4", "1/0", "a/4", "1/4/2", "-1/4"] {
            assert_eq!(text.parse::<Shard>(), Err(NoShard(text.to_owned())));
        }
    }
}
