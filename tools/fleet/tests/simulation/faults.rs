//! How a cluster misbehaves: everything is drawn from one seed.

use {
    fastrand::Rng,
    std::ops::{Range, RangeInclusive},
};

/// Chances are per thousand calls, transactions or slots.
#[derive(Clone, Debug)]
pub struct Faults {
    /// From this slot on there are none.
    pub until: u64,
    /// No answer, before or after the request had its effect.
    pub timeout: u16,
    /// HTTP 429, with and without Retry-After.
    pub too_many_requests: u16,
    /// Slots in which the node rejects every connection.
    pub outage: Range<u64>,
    /// HTTP 5xx, before or after the request had its effect.
    pub server_error: u16,
    /// A node that accepts a transaction and does not send it on.
    pub dropped: u16,
    pub duplicated: u16,
    /// A transaction that stays under way for up to [`LATEST`] slots.
    pub late: u16,
    /// A node that is up to `lag` slots behind, or on a fork that the others left.
    pub stale: u16,
    pub lag: u64,
    /// A listing that lacks accounts, or has some twice.
    pub truncated: u16,
    pub repeated: u16,
    pub skipped_slot: u16,
    pub fork: u16,
    /// Slots until a bank is confirmed, and until it is finalized.
    pub confirm_after: RangeInclusive<u64>,
    pub finalize_after: RangeInclusive<u64>,
    /// Milliseconds until a request has its effect, and until its answer arrives.
    pub latency: RangeInclusive<u64>,
}

/// Slots after which a late transaction may still arrive: its blockhash is too old by then, or not.
pub const LATEST: u64 = 200;
/// A fork never leaves a finalized bank.
pub const DEEPEST_FORK: u64 = 31;

/// What the node itself cannot do, whatever the weather.
#[derive(Clone, Copy, Debug)]
pub struct NodeLimits {
    /// It answers `getProgramAccountsV2`.
    pub pages: bool,
    /// Accounts in one listing, beyond which the answer is that it is too large.
    pub listing: usize,
}

impl NodeLimits {
    pub const NONE: Self = Self {
        pages: true,
        listing: usize::MAX,
    };

    pub fn seeded(rng: &mut Rng) -> Self {
        Self {
            pages: rng.bool(),
            listing: if rng.u8(..3) == 0 {
                // Up to three accounts without an address cannot be told apart.
                rng.usize(3..12)
            } else {
                usize::MAX
            },
        }
    }
}

impl Faults {
    pub const NONE: Self = Self {
        until: 0,
        timeout: 0,
        outage: 0..0,
        too_many_requests: 0,
        server_error: 0,
        dropped: 0,
        duplicated: 0,
        late: 0,
        stale: 0,
        lag: 0,
        truncated: 0,
        repeated: 0,
        skipped_slot: 0,
        fork: 0,
        confirm_after: 1..=1,
        finalize_after: 32..=32,
        latency: 1..=50,
    };

    /// A cluster with some of the faults, each mild or severe.
    pub fn seeded(rng: &mut Rng, from: u64) -> Self {
        let mut chance = |most: u16| match rng.u8(..4) {
            0 | 1 => 0,
            2 => rng.u16(..=most / 5),
            _ => rng.u16(..=most),
        };
        let timeout = chance(150);
        let too_many_requests = chance(200);
        let server_error = chance(150);
        let dropped = chance(800);
        let duplicated = chance(500);
        let late = chance(500);
        let stale = chance(500);
        let truncated = chance(600);
        let repeated = chance(500);
        let skipped_slot = chance(500);
        let fork = chance(40);
        let lag = *pick(rng, &[3, 20, 60]);
        let confirm_after = 1..=*pick(rng, &[2, 2, 8, 30]);
        let finalize_after = 32..=*pick(rng, &[32, 32, 40, 120]);
        let latency = 1..=*pick(rng, &[50, 50, 400, 3_000]);
        let until = from + rng.u64(0..=350);
        let outage = match rng.u8(..10) {
            0 => rng.u64(from..=until)..until,
            _ => 0..0,
        };
        Self {
            until,
            timeout,
            outage,
            too_many_requests,
            server_error,
            dropped,
            duplicated,
            late,
            stale,
            lag,
            truncated,
            repeated,
            skipped_slot,
            fork,
            confirm_after,
            finalize_after,
            latency,
        }
    }
}

pub fn pick<'a, T>(rng: &mut Rng, choices: &'a [T]) -> &'a T {
    &choices[rng.usize(..choices.len())]
}

pub fn happens(rng: &mut Rng, per_thousand: u16) -> bool {
    rng.u16(..1_000) < per_thousand
}
