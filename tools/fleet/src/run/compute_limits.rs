//! How many compute units a transaction may take: what its like took in a simulation, and some more.

use std::collections::BTreeMap;

/// The most that a transaction can ask for.
pub const MAX_COMPUTE_UNITS: u32 = 1_400_000;

/// Transactions that cost alike: as many accounts, and rent to pay or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind {
    pub accounts: usize,
    pub tops_up: bool,
}

/// The limits found so far.
#[derive(Default)]
pub struct ComputeLimits {
    known: BTreeMap<Kind, u32>,
}

impl ComputeLimits {
    pub fn known(&self, kind: Kind) -> Option<u32> {
        self.known.get(&kind).copied()
    }

    /// The limit for transactions of this kind, of which one took `compute_units`.
    pub fn learn(&mut self, kind: Kind, compute_units: u64) -> u32 {
        let limit = with_margin(compute_units);
        self.known.insert(kind, limit);
        limit
    }

    /// The limit was too low for one of its kind: the next is simulated anew.
    pub fn forget(&mut self, kind: Kind) {
        self.known.remove(&kind);
    }
}

/// A tenth more, since accounts of one kind still differ.
pub fn with_margin(compute_units: u64) -> u32 {
    let limit = compute_units
        .saturating_add(compute_units / 10)
        .saturating_add(1_000);
    u32::try_from(limit).map_or(MAX_COMPUTE_UNITS, |limit| limit.min(MAX_COMPUTE_UNITS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_never_more_than_a_transaction_can_ask_for() {
        assert_eq!(with_margin(10_000), 12_000);
        assert_eq!(with_margin(1_399_999), MAX_COMPUTE_UNITS);
        assert_eq!(with_margin(u64::MAX), MAX_COMPUTE_UNITS);
    }
}
