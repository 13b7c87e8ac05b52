//! What a run will take, by what the sample took.

use {
    crate::{
        fees::{Fees, LAMPORTS_PER_SIGNATURE},
        report::{
            Estimate, Payer, PlannedFees, PlannedTime, PlannedTransactions, Sampled,
            number::grouped,
        },
        run::compute_limits::{MAX_COMPUTE_UNITS, with_margin},
    },
    std::time::Duration,
};

/// Slots from a block until it is finalized.
const SLOTS_UNTIL_FINAL: u64 = 32;

/// What transactions are paid and how fast they are sent.
pub struct Rates {
    pub micro_lamports_per_compute_unit: u64,
    pub transactions_per_second: u32,
    pub slot_time: Duration,
}

impl Rates {
    /// `None` without accounts, or when none of the sample fits a transaction.
    pub fn estimate(&self, accounts: u64, sample: &[Sampled], signatures: u64) -> Option<Estimate> {
        let packed = || sample.iter().filter(|sampled| sampled.bytes > 0);
        let sum: u128 = packed().map(|sampled| u128::from(sampled.accounts)).sum();
        let count = (u128::from(accounts) * packed().count() as u128)
            .checked_add(sum.saturating_sub(1))?
            .checked_div(sum)?;
        let count = u64::try_from(count).ok().filter(|count| *count > 0)?;
        let succeeded = packed().filter(|sampled| sampled.failure.is_none());
        let dearest = succeeded.map(|sampled| sampled.compute_units).max();
        let compute_unit_limit = dearest.map_or(MAX_COMPUTE_UNITS, with_margin);
        let priority = Fees {
            compute_unit_limit,
            micro_lamports_per_compute_unit: self.micro_lamports_per_compute_unit,
        }
        .lamports(0);
        let seconds = count.div_ceil(u64::from(self.transactions_per_second.max(1)));
        Some(Estimate {
            transactions: PlannedTransactions {
                count,
                accounts: packed().map(|sampled| sampled.accounts).max()?,
                bytes: packed().map(|sampled| sampled.bytes).max()?,
                signatures,
                compute_unit_limit,
            },
            fees: PlannedFees {
                micro_lamports_per_compute_unit: self.micro_lamports_per_compute_unit,
                base: count
                    .saturating_mul(signatures)
                    .saturating_mul(LAMPORTS_PER_SIGNATURE),
                priority: count.saturating_mul(priority),
            },
            time: PlannedTime {
                transactions_per_second: self.transactions_per_second.max(1).into(),
                seconds,
                slots: self.slots(seconds),
            },
        })
    }

    fn slots(&self, seconds: u64) -> u64 {
        let milliseconds = self.slot_time.as_millis().max(1);
        let slots = (u128::from(seconds) * 1_000).div_ceil(milliseconds);
        let slots = u64::try_from(slots).unwrap_or(u64::MAX);
        slots.saturating_add(SLOTS_UNTIL_FINAL)
    }
}

impl Payer {
    /// What is to be done when it has too little.
    pub(super) fn problem(&self) -> Option<String> {
        let missing = self.needed.checked_sub(self.lamports)?;
        (missing > 0).then(|| {
            format!(
                "the payer {} has {} lamports and needs {}: send it {} lamports",
                self.address,
                grouped(self.lamports),
                grouped(self.needed),
                grouped(missing)
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use {super::*, proptest::prelude::*};

    fn sampled(accounts: u64, compute_units: u64, fails: bool) -> Sampled {
        Sampled {
            accounts,
            bytes: 1_000 + accounts,
            compute_units,
            top_up: 0,
            failure: fails.then(String::new),
        }
    }

    const PACE: Rates = Rates {
        micro_lamports_per_compute_unit: 1_000,
        transactions_per_second: 10,
        slot_time: Duration::from_millis(400),
    };

    #[test]
    fn by_the_mean_of_the_sample() {
        let sample = [
            sampled(30, 10_000, false),
            sampled(20, 20_000, false),
            sampled(20, 900_000, true),
        ];
        let estimate = PACE.estimate(1_000, &sample, 2).unwrap();
        // 1,000 accounts at 70 in 3 transactions; 20,000 compute units and the margin.
        assert_eq!(
            estimate,
            Estimate {
                transactions: PlannedTransactions {
                    count: 43,
                    accounts: 30,
                    bytes: 1_030,
                    signatures: 2,
                    compute_unit_limit: 23_000,
                },
                fees: PlannedFees {
                    micro_lamports_per_compute_unit: 1_000,
                    base: 430_000,
                    priority: 43 * 23,
                },
                time: PlannedTime {
                    transactions_per_second: 10,
                    seconds: 5,
                    slots: 13 + 32,
                },
            }
        );
    }

    #[test]
    fn without_a_success_the_limit_is_the_most() {
        let estimate = PACE.estimate(1, &[sampled(1, 5, true)], 1).unwrap();
        assert_eq!(estimate.transactions.compute_unit_limit, 1_400_000);
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert_eq!(PACE.estimate(0, &[sampled(1, 1, false)], 1), None);
        assert_eq!(PACE.estimate(5, &[], 1), None);
        let unpackable = Sampled {
            bytes: 0,
            ..sampled(1, 0, true)
        };
        assert_eq!(PACE.estimate(5, &[unpackable], 1), None);
    }

    proptest! {
        #[test]
        fn no_fleet_is_too_large(
            accounts: u64,
            sample in prop::collection::vec((1..=u64::MAX, any::<u64>(), any::<bool>()), 0..4),
            price: u64,
            per_second: u32,
            milliseconds in 0..10_000_u64,
            signatures: u64,
        ) {
            let sample: Vec<_> = sample
                .into_iter()
                .map(|(accounts, units, fails)| Sampled { bytes: 1, ..sampled(accounts / 2, units, fails) })
                .collect();
            let rates = Rates {
                micro_lamports_per_compute_unit: price,
                transactions_per_second: per_second,
                slot_time: Duration::from_millis(milliseconds),
            };
            if let Some(estimate) = rates.estimate(accounts, &sample, signatures) {
                prop_assert!(estimate.transactions.count > 0);
                prop_assert!(estimate.time.slots >= 32);
            }
        }
    }
}
