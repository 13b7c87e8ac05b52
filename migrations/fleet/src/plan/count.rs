//! Lists the fleet into the journal and counts it.

use {
    super::{PlanError, Work, sample::Choice},
    crate::{
        cluster::{Cluster, Commitment},
        discover::Listing,
        journal::Journal,
        report::{Balances, Histogram, LayoutCount},
        transition::Stage,
    },
    solana_account::Account,
    solana_pubkey::Pubkey,
};

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

impl<C: Cluster> Work<'_, C> {
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
        while let Some(part) = listing.next().await? {
            let mut accounts = part.value;
            accounts.retain(|one| self.is_of(one, Stage::Old));
            for place in journal.add_listed(&accounts, part.slot)? {
                let (address, account) = &accounts[place];
                count.from.add(account);
                count.sizes.add(account.data.len() as u64);
                count.balances.add(account.lamports);
                count.sample.offer(*address);
                let lacking = transition.shortfall(account, self.ground.rent);
                count.short += u64::from(lacking > 0);
                count.top_up = count.top_up.saturating_add(lacking);
                let surplus = account.lamports.saturating_sub(minimum);
                count.surplus = count.surplus.saturating_add(surplus);
            }
            found(count.from.accounts);
        }
        self.count_new(&mut count.to).await?;
        Ok(count)
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
