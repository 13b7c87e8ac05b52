//! A count over slots, in bounded memory.

use serde::{Deserialize, Serialize};

/// How a count grew. Points lie at least `step` slots apart, but for the last one, which is exact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Growth {
    /// Slots.
    pub step: u64,
    /// (slot, count), by rising slot.
    pub points: Vec<(u64, u64)>,
}

impl Growth {
    /// Most points that are kept.
    pub const MOST: usize = 512;

    /// Adds a point. One of an earlier slot than the last counts for the last one's slot.
    pub fn push(&mut self, slot: u64, count: u64) {
        self.append(slot, count);
        while self.points.len() > Self::MOST {
            self.step = self.step.saturating_mul(2);
            for (slot, count) in std::mem::take(&mut self.points) {
                self.append(slot, count);
            }
        }
    }

    fn append(&mut self, slot: u64, count: u64) {
        let replaces = match self.points[..] {
            [] => false,
            [(only, _)] => slot <= only,
            [.., (before, _), (last, _)] => slot <= last || last - before < self.step,
        };
        let slot = self.points.last().map_or(slot, |(last, _)| slot.max(*last));
        if replaces {
            self.points.pop();
        }
        self.points.push((slot, count));
    }
}

impl Default for Growth {
    fn default() -> Self {
        Self {
            step: 1,
            points: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_run_keeps_its_ends_and_even_steps() {
        let mut progress = Growth::default();
        for slot in 0..100_000 {
            progress.push(slot, slot * 7);
        }
        assert_eq!(progress.step, 256);
        assert!(progress.points.len() <= Growth::MOST);
        assert_eq!(progress.points[0], (0, 0));
        assert_eq!(progress.points.last(), Some(&(99_999, 699_993)));
        let (_, even) = progress.points.split_last().unwrap();
        assert!(even.array_windows().all(|[(a, _), (b, _)]| b - a == 256));
    }

    #[test]
    fn a_slot_has_its_last_count_and_none_comes_before_another() {
        let mut progress = Growth::default();
        for (slot, count) in [(5, 1), (5, 2), (7, 3), (6, 4), (9, 5)] {
            progress.push(slot, count);
        }
        assert_eq!(progress.points, [(5, 2), (7, 4), (9, 5)]);
    }

    #[test]
    fn the_largest_slots_fit() {
        let mut progress = Growth::default();
        for slot in (0..2_000).map(|n| u64::MAX / 2_000 * n) {
            progress.push(slot, u64::MAX);
        }
        progress.push(u64::MAX, 0);
        assert!(progress.points.len() <= Growth::MOST);
        assert_eq!(progress.points.last(), Some(&(u64::MAX, 0)));
    }
}
