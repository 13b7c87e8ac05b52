//! A run in which every transaction is simulated instead of sent.

use {
    super::{Engine, RunError, compute_limits::MAX_COMPUTE_UNITS, refill::Ready},
    crate::{cluster::Cluster, fees::Fees},
    solana_hash::Hash,
    solana_pubkey::Pubkey,
};

/// What a run would do now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DryRun {
    pub accounts: u64,
    pub transactions: u64,
    /// Of the dearest transaction.
    pub most_compute_units: u64,
    /// Lamports of fees and rent of the transactions that succeed.
    pub lamports: u64,
    /// The accounts of each transaction that would fail, and why.
    pub failing: Vec<(Vec<Pubkey>, String)>,
}

impl<C: Cluster> Engine<'_, C> {
    /// Simulates a transaction for every pending account, each at its place in the fleet.
    ///
    /// # Errors
    /// When the cluster or the journal fails for good.
    pub async fn dry_run(mut self) -> Result<DryRun, RunError> {
        let mut run = DryRun::default();
        loop {
            let batches = self.refill().await?;
            if batches.is_empty() {
                return Ok(run);
            }
            for batch in batches {
                self.simulate(&batch, &mut run).await?;
            }
        }
    }

    async fn simulate(&self, batch: &[Ready], run: &mut DryRun) -> Result<(), RunError> {
        let addresses = || batch.iter().map(|(address, _)| *address);
        let price = self
            .options
            .fee_policy
            .price(self.client, &addresses().collect::<Vec<_>>())
            .await?;
        let fees = |compute_unit_limit| Fees {
            compute_unit_limit,
            micro_lamports_per_compute_unit: price,
        };
        let top_up = self.top_up(batch);
        let transaction =
            self.packer
                .unsigned(batch, &fees(MAX_COMPUTE_UNITS), top_up, Hash::default())?;
        let simulation = self.client.simulate(&transaction, &[]).await?;
        run.accounts += batch.len() as u64;
        run.transactions += 1;
        run.most_compute_units = run.most_compute_units.max(simulation.compute_units);
        if let Some(error) = simulation.error {
            let reason = self.transition.explain(&error, &simulation.logs);
            run.failing.push((addresses().collect(), reason));
        } else {
            let fee = fees(super::compute_limits::with_margin(simulation.compute_units))
                .lamports(self.packer.signatures());
            run.lamports = run.lamports.saturating_add(fee).saturating_add(top_up);
        }
        Ok(())
    }
}
