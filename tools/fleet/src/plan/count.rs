//! Lists the fleet into the journal and counts it.

use {
    super::{PlanError, Planning, sample::Choice},
    crate::{
        cluster::{Cluster, Commitment},
        discover::Listing,
        journal::{Journal, Listed},
        report::{Balances, Histogram, LayoutCount},
        transition::Stage,
    },
    solana_account::Account,
    solana_pubkey::Pubkey,
};

/// Bytes of accounts that are written to the journal at once: a listing may come in hundreds of small parts,
/// and the disk takes its time for each write.
const AT_ONCE: usize = 4 << 20;
/// Bytes of an account beside its data.
const OVERHEAD: usize = 128;

/// The fleet in numbers.
pub struct Count {
    pub from: LayoutCount,
    pub to: LayoutCount,
    pub sizes: Histogram,
    pub balances: Balances,
    /// Accounts that lack lamports, and how many.
    pub short: u64,
    pub top_up: u64,
    /// Lamports that the others have too many.
    pub surplus: u64,
    pub sample: Choice,
}

impl<C: Cluster> Planning<'_, C> {
    pub(super) async fn count(
        &self,
        journal: &mut Journal,
        found: &mut dyn FnMut(u64),
    ) -> Result<Count, PlanError> {
        let transition = self.transition;
        let minimum = self.ground.rent.minimum(transition.to.data_len);
        let mut count = Count {
            from: LayoutCount::default(),
            to: LayoutCount::default(),
            sizes: Histogram::default(),
            balances: Balances::new(minimum),
            short: 0,
            top_up: 0,
            surplus: 0,
            sample: Choice::new(self.sample_size()),
        };
        let from = &transition.from;
        let mut listing = Listing::new(
            self.client,
            transition.program_id,
            from.discriminator.clone(),
            transition.size,
            from.address_offset,
            Commitment::Finalized,
        );
        let mut parts = Vec::new();
        let mut bytes = 0;
        while let Some(mut part) = listing.next().await? {
            part.value.retain(|one| self.is_of(one, Stage::Old));
            let sizes = part
                .value
                .iter()
                .map(|(_, account)| OVERHEAD + account.data.len());
            bytes += sizes.sum::<usize>();
            parts.push(part);
            if bytes >= AT_ONCE {
                self.take_in(&parts, journal, &mut count)?;
                found(count.from.accounts);
                parts.clear();
                bytes = 0;
            }
        }
        self.take_in(&parts, journal, &mut count)?;
        found(count.from.accounts);
        self.count_new(&mut count.to).await?;
        Ok(count)
    }

    /// Writes what was listed to the journal, and counts those that it did not have.
    fn take_in(
        &self,
        parts: &[Listed],
        journal: &mut Journal,
        count: &mut Count,
    ) -> Result<(), PlanError> {
        let rent = self.ground.rent;
        let minimum = rent.minimum(self.transition.to.data_len);
        for (address, account) in journal.add_planned(parts)? {
            count.from.add(account);
            count.sizes.add(account.data.len() as u64);
            count.balances.add(account.lamports);
            count.sample.offer(*address);
            let lacking = self.transition.shortfall(account, rent);
            count.short += u64::from(lacking > 0);
            count.top_up = count.top_up.saturating_add(lacking);
            let surplus = account.lamports.saturating_sub(minimum);
            count.surplus = count.surplus.saturating_add(surplus);
        }
        Ok(())
    }

    async fn count_new(&self, count: &mut LayoutCount) -> Result<(), PlanError> {
        let to = &self.transition.to;
        let mut listing = Listing::new(
            self.client,
            self.transition.program_id,
            to.discriminator.clone(),
            None,
            to.address_offset,
            Commitment::Finalized,
        );
        while let Some(part) = listing.next().await? {
            let accounts = part.value.iter();
            let new = accounts.filter(|one| self.is_of(one, Stage::New));
            new.for_each(|(_, account)| count.add(account));
        }
        Ok(())
    }

    /// Nodes are not trusted to filter.
    fn is_of(&self, (address, account): &(Pubkey, Account), stage: Stage) -> bool {
        self.options.shard.has(address) && self.transition.stage(Some(account)) == stage
    }
}

impl LayoutCount {
    fn add(&mut self, account: &Account) {
        self.accounts += 1;
        self.bytes = self.bytes.saturating_add(account.data.len() as u64);
    }
}
