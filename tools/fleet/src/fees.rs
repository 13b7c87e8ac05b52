//! What a transaction pays for its place in a block.

use {
    crate::{
        client::Client,
        cluster::{Answer, Cluster},
    },
    solana_pubkey::Pubkey,
    std::{fmt, str::FromStr},
    thiserror::Error,
};

/// Lamports for each signature of a transaction.
pub const LAMPORTS_PER_SIGNATURE: u64 = 5_000;
/// Micro-lamports per compute unit that a percentile may cost, unless its policy says otherwise.
pub const DEFAULT_MAX: u64 = 100_000;
/// Most addresses that a node is asked about at once.
const MAX_ADDRESSES: usize = 128;

/// What one transaction asks for and offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fees {
    pub compute_unit_limit: u32,
    pub micro_lamports_per_compute_unit: u64,
}

impl Fees {
    /// Lamports that the payer is charged for a transaction with this many signatures, whether it
    /// succeeds or fails.
    pub fn lamports(&self, signatures: u64) -> u64 {
        let limit = u128::from(self.compute_unit_limit);
        let prioritization = limit * u128::from(self.micro_lamports_per_compute_unit);
        let prioritization = u64::try_from(prioritization.div_ceil(1_000_000)).unwrap_or(u64::MAX);
        signatures
            .saturating_mul(LAMPORTS_PER_SIGNATURE)
            .saturating_add(prioritization)
    }
}

/// How the price of a compute unit is found, in micro-lamports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeePolicy {
    Fixed(u64),
    /// What was enough in so many percent of the recent slots: the lowest price there of a transaction on
    /// the same accounts.
    Percentile {
        percent: u8,
        max: u64,
    },
}

#[derive(Debug, Error, PartialEq, Eq)]
#[error(
    "`{0}` is no fee policy: write micro-lamports per compute unit such as 0 or fixed:1000, or a \
     percentile of the recent fees such as p75 or p75:max=50000"
)]
pub struct NoFeePolicy(String);

impl FeePolicy {
    /// Micro-lamports per compute unit, for a transaction that writes to these accounts.
    pub async fn price<C: Cluster>(&self, client: &Client<C>, addresses: &[Pubkey]) -> Answer<u64> {
        match *self {
            Self::Fixed(price) => Ok(price),
            Self::Percentile { percent, max } => {
                let addresses = &addresses[..addresses.len().min(MAX_ADDRESSES)];
                let paid = client.recent_prioritization_fees(addresses).await?;
                Ok(percentile(paid, percent).min(max))
            }
        }
    }
}

/// By nearest rank; 0 of nothing.
fn percentile(mut values: Vec<u64>, percent: u8) -> u64 {
    values.sort_unstable();
    let rank = (values.len() * usize::from(percent)).div_ceil(100);
    values
        .get(rank.saturating_sub(1))
        .copied()
        .unwrap_or_default()
}

impl FromStr for FeePolicy {
    type Err = NoFeePolicy;

    fn from_str(text: &str) -> Result<Self, NoFeePolicy> {
        let policy = || {
            let Some(percentile) = text.strip_prefix('p') else {
                let price = text.strip_prefix("fixed:").unwrap_or(text);
                return Some(Self::Fixed(price.parse().ok()?));
            };
            let (percent, max) = match percentile.split_once(":max=") {
                Some((percent, max)) => (percent, max.parse().ok()?),
                None => (percentile, DEFAULT_MAX),
            };
            let percent = percent.parse().ok().filter(|percent| *percent <= 100)?;
            Some(Self::Percentile { percent, max })
        };
        policy().ok_or_else(|| NoFeePolicy(text.to_owned()))
    }
}

impl fmt::Display for FeePolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(price) => write!(f, "fixed:{price}"),
            Self::Percentile { percent, max } => write!(f, "p{percent}:max={max}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use {
        super::*,
        crate::{
            client::{Limits, memory::Memory},
            cluster::ClusterError,
        },
    };

    #[test]
    fn what_a_transaction_costs() {
        for (limit, price, signatures, lamports) in [
            (0, 0, 1, 5_000),
            (200_000, 0, 2, 10_000),
            (15_700, 1_000, 1, 5_016),
            (1_000_000, 1, 1, 5_001),
            (1_000_001, 1, 1, 5_002),
            (1, 1, 0, 1),
            (u32::MAX, u64::MAX, 1, u64::MAX),
            (0, 0, u64::MAX, u64::MAX),
        ] {
            let fees = Fees {
                compute_unit_limit: limit,
                micro_lamports_per_compute_unit: price,
            };
            assert_eq!(fees.lamports(signatures), lamports, "{fees:?}");
        }
    }

    #[test]
    fn policies() {
        let percentile = |percent, max| FeePolicy::Percentile { percent, max };
        for (text, policy, written) in [
            ("0", FeePolicy::Fixed(0), "fixed:0"),
            ("1500", FeePolicy::Fixed(1_500), "fixed:1500"),
            ("fixed:1000", FeePolicy::Fixed(1_000), "fixed:1000"),
            ("p75", percentile(75, 100_000), "p75:max=100000"),
            ("p0", percentile(0, 100_000), "p0:max=100000"),
            ("p100:max=50000", percentile(100, 50_000), "p100:max=50000"),
        ] {
            assert_eq!(text.parse(), Ok(policy));
            assert_eq!(policy.to_string(), written);
            assert_eq!(written.parse(), Ok(policy));
        }
        for text in [
            "",
            "p",
            "p101",
            "p-1",
            "p75:",
            "p75:max",
            "p75:max=",
            "p75:50",
            "fixed",
            "fixed:",
            "fixed:p75",
            "-1",
            "1.5",
            "fixed:fixed:1",
            " 1",
            "18446744073709551616",
        ] {
            assert_eq!(text.parse::<FeePolicy>(), Err(NoFeePolicy(text.to_owned())));
        }
    }

    #[tokio::test]
    async fn prices() {
        let fees: Vec<u64> = (1..=10).rev().collect();
        for (fees, policy, price) in [
            (&fees[..], "7", 7),
            (&fees, "p0", 1),
            (&fees, "p1", 1),
            (&fees, "p10", 1),
            (&fees, "p11", 2),
            (&fees, "p50", 5),
            (&fees, "p75", 8),
            (&fees, "p100", 10),
            (&fees, "p100:max=6", 6),
            (&[], "p75", 0),
            (&[4], "p0", 4),
            (&[4], "p100", 4),
        ] {
            let mut memory = Memory::new(Vec::new());
            memory.fees = fees.to_vec();
            let limits = Limits {
                calls_per_second: 0,
                sends_per_second: 0,
                attempts: 1,
                jitter_seed: 0,
            };
            let client = Client::new(memory.clone(), limits);
            let policy: FeePolicy = policy.parse().unwrap();
            let addresses = vec![Pubkey::default(); 200];
            assert_eq!(
                policy.price(&client, &addresses).await,
                Ok(price),
                "{policy}"
            );
            let is_fixed = matches!(policy, FeePolicy::Fixed(_));
            assert_eq!(memory.calls().is_empty(), is_fixed);

            let error = ClusterError::Rejected("no".to_owned());
            memory.fail([error.clone()]);
            let expected = if is_fixed { Ok(price) } else { Err(error) };
            assert_eq!(policy.price(&client, &[]).await, expected);
        }
    }
}
