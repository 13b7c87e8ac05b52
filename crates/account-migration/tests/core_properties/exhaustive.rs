//! Every length at which something changes, with every kind of beginning. What is expected is worked
//! out here from numbers written out, not from the layouts.

use {
    crate::layouts::*,
    account_migration::{Layout, MigrateFrom, Rejection, core::transition::read_old},
};

/// How the account's data begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    Old,
    New,
    /// All bytes of the discriminator but the last, then another byte.
    AlmostOld,
    AlmostNew,
    Unknown,
    Zero,
    Retired,
}

const STARTS: [Start; 7] = [
    Start::Old,
    Start::New,
    Start::AlmostOld,
    Start::AlmostNew,
    Start::Unknown,
    Start::Zero,
    Start::Retired,
];

/// A pair of layouts as the test knows it.
struct Pair {
    old: &'static [u8],
    new: &'static [u8],
    /// Bytes of the old layout's shortest account.
    old_len: usize,
    /// And of the new one's.
    new_len: usize,
    /// Whether the old layout's fields decode from any bytes, or only from zeroes.
    old_takes_any_bytes: bool,
}

impl Pair {
    fn data(&self, start: Start, fill: u8, len: usize) -> Vec<u8> {
        const OTHER: u8 = 0xEE;
        let almost = |discriminator: &[u8]| {
            let mut start = discriminator.to_vec();
            *start.last_mut().unwrap() = OTHER;
            start
        };
        let mut data = match start {
            Start::Old => self.old.to_vec(),
            Start::New => self.new.to_vec(),
            Start::AlmostOld => almost(self.old),
            Start::AlmostNew => almost(self.new),
            Start::Unknown => vec![OTHER; 8],
            Start::Zero => vec![0; self.old.len().max(self.new.len())],
            Start::Retired => vec![0xFF; 8],
        };
        data.resize(data.len().max(len), fill);
        data.truncate(len);
        data
    }

    fn expected(&self, start: Start, fill: u8, len: usize) -> Option<Rejection> {
        // How many bytes agree with a discriminator before one does not.
        let agreeing = match start {
            _ if len == 0 => return Some(Rejection::Uninitialized),
            Start::Zero => return Some(Rejection::Uninitialized),
            Start::Retired if len == 8 => return Some(Rejection::Retired),
            Start::Unknown | Start::Retired => 0,
            Start::AlmostOld => self.old.len() - 1,
            Start::AlmostNew => self.new.len() - 1,
            Start::Old if len >= self.old_len => {
                let decodes = fill == 0 || self.old_takes_any_bytes;
                return (!decodes).then_some(Rejection::Corrupt);
            }
            Start::Old => return Some(Rejection::Truncated),
            Start::New if len >= self.new_len => return Some(Rejection::AlreadyMigrated),
            Start::New => return Some(Rejection::Truncated),
        };
        Some(if len <= agreeing {
            Rejection::Truncated
        } else {
            Rejection::UnknownVersion
        })
    }
}

/// Reads every case and returns how many there were.
fn every_case<Old: Layout, New: MigrateFrom<Old>>(pair: &Pair) -> usize {
    let mut cases = 0;
    for start in STARTS {
        for fill in [0, 1, 0xFF] {
            for len in (0..=128).chain(10_230..=10_250) {
                let data = pair.data(start, fill, len);
                let read = read_old::<Old, New>(&data).err();
                let expected = pair.expected(start, fill, len);
                assert_eq!(read, expected, "{start:?}, {len} bytes, filled with {fill}");
                cases += 1;
            }
        }
    }
    cases
}

const CASES: usize = 7 * 3 * 150;

#[test]
fn v1_to_v2() {
    let cases = every_case::<V1, V2>(&Pair {
        old: &[1, 2, 3, 4, 5, 6, 7, 8],
        new: &[11, 12, 13, 14, 15, 16, 17, 18],
        old_len: 48,
        new_len: 96,
        old_takes_any_bytes: true,
    });
    assert_eq!(cases, CASES);
}

/// A `Vec` of 2³² - 1 elements does not decode; nor does one of 16,843,009.
#[test]
fn v2_to_v1() {
    let cases = every_case::<V2, V1>(&Pair {
        old: &[11, 12, 13, 14, 15, 16, 17, 18],
        new: &[1, 2, 3, 4, 5, 6, 7, 8],
        old_len: 96,
        new_len: 48,
        old_takes_any_bytes: false,
    });
    assert_eq!(cases, CASES);
}

#[test]
fn v1_to_smaller() {
    let cases = every_case::<V1, Smaller>(&Pair {
        old: &[1, 2, 3, 4, 5, 6, 7, 8],
        new: &[31, 32, 33, 34, 35, 36, 37, 38],
        old_len: 48,
        new_len: 40,
        old_takes_any_bytes: true,
    });
    assert_eq!(cases, CASES);
}

#[test]
fn v1_to_same_size() {
    let cases = every_case::<V1, SameSize>(&Pair {
        old: &[1, 2, 3, 4, 5, 6, 7, 8],
        new: &[41, 42, 43, 44, 45, 46, 47, 48],
        old_len: 48,
        new_len: 48,
        old_takes_any_bytes: true,
    });
    assert_eq!(cases, CASES);
}

#[test]
fn zero_copy() {
    let cases = every_case::<ZeroV1, ZeroV2>(&Pair {
        old: &[71, 72, 73, 74, 75, 76, 77, 78],
        new: &[81, 82, 83, 84, 85, 86, 87, 88],
        old_len: 16,
        new_len: 24,
        old_takes_any_bytes: true,
    });
    assert_eq!(cases, CASES);
}

#[test]
fn discriminators_of_one_and_three_bytes() {
    let cases = every_case::<OneByte, ThreeBytes>(&Pair {
        old: &[1],
        new: &[2, 1, 9],
        old_len: 9,
        new_len: 11,
        old_takes_any_bytes: true,
    });
    assert_eq!(cases, CASES);
    let cases = every_case::<ThreeBytes, OneByte>(&Pair {
        old: &[2, 1, 9],
        new: &[1],
        old_len: 11,
        new_len: 9,
        old_takes_any_bytes: true,
    });
    assert_eq!(cases, CASES);
}
