//! How values are spread, in bounded memory.

use {
    serde::{Deserialize, Serialize},
    std::collections::BTreeMap,
};

/// How often values fell into bins of equal width. As long as few different values come, the width is 1
/// and the counts are of exact values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Histogram {
    pub width: u64,
    /// By the lowest value of the bin.
    pub bins: BTreeMap<u64, u64>,
}

impl Histogram {
    /// Most bins that are kept.
    pub const MOST: usize = 256;

    pub fn add(&mut self, value: u64) {
        self.add_many(value, 1);
    }

    pub fn add_many(&mut self, value: u64, count: u64) {
        self.count(value, count);
        while self.bins.len() > Self::MOST {
            self.width = self.width.saturating_mul(2);
            for (value, count) in std::mem::take(&mut self.bins) {
                self.count(value, count);
            }
        }
    }

    /// Of all values.
    pub fn total(&self) -> u64 {
        self.bins
            .values()
            .fold(0, |sum, count| sum.saturating_add(*count))
    }

    fn count(&mut self, value: u64, count: u64) {
        let bin = self.bins.entry(value - value % self.width).or_default();
        *bin = bin.saturating_add(count);
    }
}

impl Default for Histogram {
    fn default() -> Self {
        Self {
            width: 1,
            bins: BTreeMap::new(),
        }
    }
}

/// How the lamports of accounts lie around a rent-exempt minimum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balances {
    /// Lamports.
    pub minimum: u64,
    /// Accounts with lamports from n to n + 1 twentieths of the minimum, for n from 0 to 39.
    pub twentieths: Vec<u64>,
    /// Accounts with twice the minimum or more.
    pub more: u64,
}

impl Balances {
    pub fn new(minimum: u64) -> Self {
        Self {
            minimum,
            twentieths: vec![0; 40],
            more: 0,
        }
    }

    pub fn add(&mut self, lamports: u64) {
        let bin = (u128::from(lamports) * 20)
            .checked_div(u128::from(self.minimum))
            .and_then(|n| self.twentieths.get_mut(usize::try_from(n).ok()?))
            .unwrap_or(&mut self.more);
        *bin = bin.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_values_are_counted_exactly_and_many_in_wider_bins() {
        let mut histogram = Histogram::default();
        for value in [7, 9, 7] {
            histogram.add(value);
        }
        assert_eq!(
            (histogram.width, histogram.bins.clone()),
            (1, [(7, 2), (9, 1)].into())
        );
        for value in 0..1_000 {
            histogram.add_many(value * 10, 3);
        }
        assert_eq!((histogram.width, histogram.bins.len()), (64, 157));
        assert_eq!(histogram.bins[&0], 7 * 3 + 3);
        assert_eq!(histogram.total(), 3_003);
    }

    #[test]
    fn the_largest_values_fit() {
        let mut histogram = Histogram::default();
        for value in 0..1_000 {
            histogram.add_many(u64::MAX - value * (u64::MAX / 1_000), u64::MAX);
        }
        assert!(histogram.bins.len() <= Histogram::MOST);
        assert_eq!(histogram.total(), u64::MAX);
    }

    #[test]
    fn balances_are_told_apart_at_the_minimum() {
        let mut balances = Balances::new(1_559_040);
        for lamports in [0, 1_559_039, 1_559_040, 3_118_079, 3_118_080, u64::MAX] {
            balances.add(lamports);
        }
        let mut expected = vec![0; 40];
        for n in [0, 19, 20, 39] {
            expected[n] = 1;
        }
        assert_eq!((balances.twentieths, balances.more), (expected, 2));
        let mut free = Balances::new(0);
        free.add(5);
        assert_eq!(free.more, 1);
    }
}
