//! How a run goes about it.

use {super::pricing::Pricing, crate::run::RunOptions, clap::Args};

#[derive(Args)]
pub struct Pace {
    /// The most lamports that this journal's fleet may cost, fees and rent, over all its runs.
    #[arg(long, value_name = "LAMPORTS")]
    max_lamports: Option<u64>,
    /// The most accounts that this run takes up.
    #[arg(long, value_name = "ACCOUNTS")]
    max_accounts: Option<u64>,
    /// Stops when this run quarantined more accounts.
    #[arg(long, value_name = "ACCOUNTS", default_value_t = 10)]
    max_quarantined: u64,
    /// Transactions that are sent and not yet confirmed.
    #[arg(long, value_name = "TRANSACTIONS", default_value_t = 64)]
    max_in_flight: usize,
    /// Calls that wait for an answer at once.
    #[arg(long, value_name = "CALLS", default_value_t = 16)]
    concurrency: usize,
    #[command(flatten)]
    pub pricing: Pricing,
}

impl Pace {
    pub fn options(&self) -> RunOptions {
        RunOptions {
            max_lamports: self.max_lamports,
            max_accounts: self.max_accounts,
            max_quarantined: self.max_quarantined,
            max_in_flight: self.max_in_flight.max(1),
            concurrency: self.concurrency.max(1),
            fee_policy: self.pricing.priority_fee,
            slot_time: self.pricing.slot_time(),
            ..RunOptions::default()
        }
    }
}
