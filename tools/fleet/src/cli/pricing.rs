//! What a transaction offers, and how fast the cluster is.

use {crate::fees::FeePolicy, clap::Args, std::time::Duration};

#[derive(Args, Clone, Copy)]
pub struct Pricing {
    /// Micro-lamports per compute unit: a number, or a percentile of the lowest prices that landed in
    /// recent slots, such as p75 or p75:max=50000.
    #[arg(long, value_name = "POLICY", default_value = "0")]
    pub priority_fee: FeePolicy,
    /// Milliseconds of a slot.
    #[arg(long, value_name = "MS", default_value_t = 200, value_parser = clap::value_parser!(u64).range(1..))]
    slot_time: u64,
}

impl Pricing {
    pub fn slot_time(&self) -> Duration {
        Duration::from_millis(self.slot_time)
    }
}
