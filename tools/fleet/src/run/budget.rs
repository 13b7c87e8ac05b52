//! What the fleet may cost.

use crate::journal::Totals;

/// Lamports spent and reserved. A transaction that can still land counts with the most it can cost.
pub struct Budget {
    max: Option<u64>,
    spent: u64,
    reserved: u64,
}

impl Budget {
    pub fn new(max: Option<u64>, totals: &Totals) -> Self {
        Self {
            max,
            spent: totals.fees.saturating_add(totals.top_up),
            reserved: totals.reserved,
        }
    }

    /// Lamports that are not spoken for; `None` without a limit.
    pub fn left(&self) -> Option<u64> {
        self.max
            .map(|max| max.saturating_sub(self.spent.saturating_add(self.reserved)))
    }

    pub fn max(&self) -> Option<u64> {
        self.max
    }

    pub fn reserve(&mut self, cost: u64) {
        self.reserved = self.reserved.saturating_add(cost);
    }

    /// The transaction for which `reserved` was set aside cost `spent`.
    pub fn release(&mut self, reserved: u64, spent: u64) {
        self.reserved = self.reserved.saturating_sub(reserved);
        self.spent = self.spent.saturating_add(spent);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_still_land_counts_in_full() {
        let mut budget = Budget::new(
            Some(1_000),
            &Totals {
                fees: 100,
                top_up: 50,
                reserved: 200,
                ..Totals::default()
            },
        );
        assert_eq!(budget.left(), Some(650));
        budget.reserve(600);
        assert_eq!(budget.left(), Some(50));
        budget.release(600, 400);
        assert_eq!(budget.left(), Some(250));
        budget.release(200, 0);
        assert_eq!(budget.left(), Some(450));
    }

    #[test]
    fn what_cannot_be_counted_leaves_nothing() {
        let mut budget = Budget::new(Some(u64::MAX), &Totals::default());
        budget.reserve(u64::MAX);
        budget.release(0, u64::MAX);
        assert_eq!(budget.left(), Some(0));
        assert_eq!(Budget::new(None, &Totals::default()).left(), None);
    }
}
