//! Simulates transactions for a sample of the fleet.

use {
    super::{PlanError, Planning},
    crate::{
        cluster::{Cluster, Commitment, MAX_ACCOUNTS_PER_CALL, Simulation},
        fees::Fees,
        pack::{PackError, Packer},
        report::Sampled,
        run::compute_limits::MAX_COMPUTE_UNITS,
        transition::Stage,
    },
    account_layout::text::signed,
    anchor_lang_error::ErrorCode,
    solana_account::Account,
    solana_hash::Hash,
    solana_instruction_error::InstructionError,
    solana_pubkey::Pubkey,
    solana_transaction_error::TransactionError,
    std::collections::BTreeSet,
};

/// The accounts whose addresses have the smallest last bytes: a sample that no order of listing shifts,
/// and that the parts of a listing, which go by other bytes, do not shift either.
pub struct Choice {
    most: usize,
    reversed: BTreeSet<[u8; 32]>,
}

impl Choice {
    pub fn new(most: usize) -> Self {
        Self {
            most,
            reversed: BTreeSet::new(),
        }
    }

    pub fn offer(&mut self, address: Pubkey) {
        self.reversed.insert(reverse(address.to_bytes()));
        if self.reversed.len() > self.most {
            self.reversed.pop_last();
        }
    }

    fn addresses(&self) -> Vec<Pubkey> {
        let reversed = self.reversed.iter();
        reversed
            .map(|bytes| Pubkey::new_from_array(reverse(*bytes)))
            .collect()
    }
}

fn reverse(mut bytes: [u8; 32]) -> [u8; 32] {
    bytes.reverse();
    bytes
}

/// What the simulations showed.
#[derive(Default)]
pub struct Samples {
    pub sampled: Vec<Sampled>,
    /// Micro-lamports per compute unit.
    pub price: u64,
    pub problems: Vec<String>,
    /// Whether only a new plan solves them.
    pub needs_new_plan: bool,
    /// Why each transaction fails that the payer can pay. Of the others only the payer is to blame.
    results: Vec<Option<String>>,
}

impl<C: Cluster> Planning<'_, C> {
    /// Accounts that fill all transactions of the sample, and one more so that the last one is full too.
    pub(super) fn sample_size(&self) -> usize {
        let transactions = self.options.sample.saturating_add(1);
        self.packer().most_accounts().saturating_mul(transactions)
    }

    pub(super) fn signatures(&self) -> u64 {
        self.packer().signatures()
    }

    fn packer(&self) -> Packer<'_> {
        Packer::new(self.transition, self.options.roles)
    }

    /// `fleet` is the number of all accounts.
    pub(super) async fn sample(&self, choice: Choice, fleet: u64) -> Result<Samples, PlanError> {
        let addresses = choice.addresses();
        let is_whole_fleet = addresses.len() as u64 == fleet;
        let mut accounts = self.read(&addresses).await?;
        let mut samples = Samples::default();
        let priced: Vec<Pubkey> = std::iter::once(self.options.roles.payer)
            .chain(accounts.iter().map(|(address, _)| *address))
            .take(self.packer().most_accounts())
            .collect();
        samples.price = self.options.fee_policy.price(self.client, &priced).await?;
        while !accounts.is_empty() && samples.sampled.len() < self.options.sample {
            let count = match self.packer().count_that_fit(&accounts) {
                // More accounts of the fleet would have fitted.
                Ok(count) if count == accounts.len() && !is_whole_fleet => break,
                Ok(count) => count,
                Err(error) => {
                    samples.add_unpackable(&error);
                    accounts.remove(0);
                    continue;
                }
            };
            let batch: Vec<_> = accounts.drain(..count).collect();
            self.simulate(&batch, &mut samples).await?;
        }
        samples.note_if_all_fail();
        Ok(samples)
    }

    /// Those that still have the old layout, as they are now.
    async fn read(&self, addresses: &[Pubkey]) -> Result<Vec<(Pubkey, Account)>, PlanError> {
        let mut accounts = Vec::with_capacity(addresses.len());
        for part in addresses.chunks(MAX_ACCOUNTS_PER_CALL) {
            let read = self.client.accounts(part, Commitment::Confirmed, 0).await?;
            let found = part.iter().copied().zip(read.value);
            accounts.extend(found.filter_map(|(address, account)| {
                let is_old = self.transition.stage(account.as_ref()) == Stage::Old;
                Some((address, account.filter(|_| is_old)?))
            }));
        }
        Ok(accounts)
    }

    async fn simulate(
        &self,
        batch: &[(Pubkey, Account)],
        samples: &mut Samples,
    ) -> Result<(), PlanError> {
        let shortfall =
            |(_, account): &(Pubkey, Account)| self.transition.shortfall(account, self.ground.rent);
        let top_up = batch.iter().map(shortfall).fold(0, u64::saturating_add);
        let fees = Fees {
            compute_unit_limit: MAX_COMPUTE_UNITS,
            micro_lamports_per_compute_unit: samples.price,
        };
        let transaction = self
            .packer()
            .unsigned(batch, &fees, top_up, Hash::default())?;
        let addresses: Vec<Pubkey> = batch.iter().map(|(address, _)| *address).collect();
        let simulation = self.client.simulate(&transaction, &addresses).await?;
        let failure = match &simulation.error {
            Some(error) => Some(self.transition.explain(error, &simulation.logs)),
            None => {
                let defect = self.defect(batch, &simulation);
                samples.needs_new_plan |= defect.is_some();
                samples.problems.extend(defect.clone());
                defect
            }
        };
        let cost = fees.lamports(self.signatures()).saturating_add(top_up);
        let needed = cost.saturating_add(self.ground.rent.minimum(0));
        if self.ground.payer_lamports >= needed {
            let advice = simulation.error.as_ref().map_or("", advice);
            let result = failure.as_ref().map(|failure| format!("{failure}{advice}"));
            samples.needs_new_plan |= !advice.is_empty();
            samples.results.push(result);
        }
        samples.sampled.push(Sampled {
            accounts: batch.len() as u64,
            bytes: wincode::serialized_size(&transaction).unwrap_or_default(),
            compute_units: simulation.compute_units,
            top_up,
            failure,
        });
        Ok(())
    }

    /// What a transaction that succeeds does otherwise than the plan reckons with.
    fn defect(&self, batch: &[(Pubkey, Account)], simulation: &Simulation) -> Option<String> {
        let afterwards = simulation.accounts.iter().map(Option::as_ref);
        let afterwards = afterwards.chain(std::iter::repeat(None));
        let mut pairs = batch.iter().zip(afterwards);
        pairs.find_map(|((address, before), after)| {
            self.account_defect(before, after)
                .map(|defect| format!("{address}: {defect}"))
        })
    }

    fn account_defect(&self, before: &Account, after: Option<&Account>) -> Option<String> {
        let transition = self.transition;
        let (table, to) = (&transition.table, &transition.to);
        let after = match after.filter(|after| transition.stage(Some(after)) == Stage::New) {
            Some(after) => after,
            None => {
                return Some(format!(
                    "the simulated transaction succeeds and does not make it a {}: see whether [{table}] \
                     calls the right instruction",
                    to.name
                ));
            }
        };
        let len = after.data.len() as u64;
        if len != to.data_len {
            return Some(format!(
                "it would have {len} bytes, and the plan reckons with {}: write `data_len = {len}` under \
                 [{table}] of the manifest, and plan again",
                to.data_len
            ));
        }
        let rise = i128::from(after.lamports) - i128::from(before.lamports);
        let expected = transition.shortfall(before, self.ground.rent);
        if rise != i128::from(expected) {
            return Some(format!(
                "its lamports would change by {}, and what it lacks for rent is {}: [{table}] can only call \
                 an instruction that pays an account what it lacks",
                signed(rise),
                signed(expected.into())
            ));
        }
        match transition.differences(&before.data, &after.data) {
            Err(error) => Some(format!(
                "it cannot be compared: {error}: see whether the IDL is that of the deployed program"
            )),
            Ok(differences) => differences.first().map(|one| {
                format!(
                    "its `{}` would be {} instead of {}: the instruction must keep the fields that both \
                     layouts have",
                    one.field, one.new, one.old
                )
            }),
        }
    }
}

/// What is to be done before a new plan when transactions fail so; nothing for one that a single account may
/// be to blame for.
fn advice(error: &TransactionError) -> &'static str {
    match error {
        TransactionError::InstructionError(_, InstructionError::Custom(code))
            if *code == u32::from(ErrorCode::InstructionFallbackNotFound) =>
        {
            ": deploy the release that has the instruction, then plan again"
        }
        _ => "",
    }
}

impl Samples {
    fn add_unpackable(&mut self, error: &PackError) {
        self.results.push(Some(error.to_string()));
        self.sampled.push(Sampled {
            accounts: 1,
            bytes: 0,
            compute_units: 0,
            top_up: 0,
            failure: Some(error.to_string()),
        });
    }

    /// A bad account fails its transaction, and a run finds and quarantines it. When no transaction
    /// succeeds, the reason lies with all of them.
    fn note_if_all_fail(&mut self) {
        let mut results = self.results.iter();
        if self.problems.is_empty()
            && let Some(Some(first)) = results.next()
            && results.all(Option::is_some)
        {
            self.problems
                .push(format!("no simulated transaction succeeds: {first}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_does_not_depend_on_the_order() {
        let addresses: Vec<_> = (0..50_u8)
            .map(|number| Pubkey::new_from_array([number.wrapping_mul(167); 32]))
            .collect();
        let choose = |addresses: &[Pubkey]| {
            let mut choice = Choice::new(7);
            addresses.iter().for_each(|address| choice.offer(*address));
            choice.addresses()
        };
        let mut backwards = addresses.clone();
        backwards.reverse();
        let chosen = choose(&addresses);
        assert_eq!(chosen, choose(&backwards));
        let mut sorted = addresses;
        sorted.sort_unstable();
        assert_eq!(chosen, sorted[..7]);
    }
}
