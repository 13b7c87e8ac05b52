//! Which cases are executed.

use std::env;

/// One case of so many is drawn.
const SHARE: usize = 10;

pub enum Sample {
    All,
    /// A tenth, drawn with this seed.
    Tenth(u64),
}

impl Sample {
    /// What `BAD_INPUT_CASES` and `BAD_INPUT_SEED` say; without them a tenth with the seed 0.
    pub fn from_environment() -> Self {
        match env::var("BAD_INPUT_CASES").as_deref() {
            Ok("all") => Self::All,
            Ok(other) => panic!("BAD_INPUT_CASES is all or not set, not {other}"),
            Err(_) => Self::Tenth(match env::var("BAD_INPUT_SEED") {
                Ok(seed) => seed.parse().expect("BAD_INPUT_SEED is a number"),
                Err(_) => 0,
            }),
        }
    }

    /// The numbers of the cases below `count`, ascending: of each ten that follow each other, one.
    pub fn numbers(&self, count: usize) -> Vec<usize> {
        match self {
            Self::All => (0..count).collect(),
            Self::Tenth(seed) => {
                let mut state = *seed;
                (0..count)
                    .step_by(SHARE)
                    .map(|first| first + split_mix(&mut state) as usize % SHARE.min(count - first))
                    .collect()
            }
        }
    }

    /// The variables that make the same sample, for the command that repeats it.
    pub fn variables(&self) -> String {
        match self {
            Self::All => "BAD_INPUT_CASES=all".to_owned(),
            Self::Tenth(seed) => format!("BAD_INPUT_SEED={seed}"),
        }
    }
}

/// The next number of SplitMix64.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_has_one_of_each_ten_and_the_seed_says_which() {
        let drawn = Sample::Tenth(1).numbers(95);
        let tens: Vec<usize> = drawn.iter().map(|number| number / 10).collect();
        assert_eq!(tens, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert!(drawn[9] < 95);
        assert_eq!(drawn, Sample::Tenth(1).numbers(95));
        assert_ne!(drawn, Sample::Tenth(2).numbers(95));
    }
}
