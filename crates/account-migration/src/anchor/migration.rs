use {
    crate::{
        anchor::{
            funding::Funding,
            lamports::{LamportPolicy, RentRate},
            pending::Pending,
            rejected,
        },
        core::{layout::Layout, migrate_from::MigrateFrom, rejection::Rejection, transition},
    },
    anchor_lang::{error::Error, prelude::*},
    std::ops::Deref,
};

/// A migration under way: the old value until [`migrate`](Self::migrate) consumes it.
#[must_use = "nothing is written until `migrate` is called"]
pub struct Migration<'a, 'info, Old, New>
where
    Old: Layout + Clone,
    New: MigrateFrom<Old, Error: Into<Error>>,
{
    account: &'a mut Account<'info, Pending<Old, New>>,
    old: Old,
    policy: LamportPolicy<'a, 'info>,
}

/// The new value, read back from the account's bytes. Only [`Migration::migrate`] makes one, so a
/// handler that returns it cannot have forgotten to migrate.
#[derive(Debug)]
pub struct Migrated<New>(New);

impl<'a, 'info, Old, New> Migration<'a, 'info, Old, New>
where
    Old: Layout + Clone,
    New: MigrateFrom<Old, Error: Into<Error>>,
{
    /// # Errors
    /// [`Rejection::NotWritable`]; [`Rejection::AlreadyMigrated`] when called twice.
    pub fn begin(account: &'a mut Account<'info, Pending<Old, New>>) -> Result<Self> {
        let info: &AccountInfo<'info> = (*account).as_ref();
        if !info.is_writable {
            return Err(rejected::<New::Error>(Rejection::NotWritable));
        }
        let old = account.begin()?;
        Ok(Self {
            account,
            old,
            policy: LamportPolicy::default(),
        })
    }

    /// Chooses what happens to lamports above the rent-exempt minimum.
    pub fn lamports(mut self, policy: LamportPolicy<'a, 'info>) -> Self {
        self.policy = policy;
        self
    }

    /// Brings the account to the new layout: pays the rent it lacks, resizes it, writes the
    /// discriminator and the fields, zeroes every byte behind them and reads the result back.
    ///
    /// # Errors
    /// [`Rejection::Aliased`], [`Rejection::GrowFirst`], [`Rejection::InsufficientFunds`],
    /// [`Rejection::TooLarge`].
    pub fn migrate(self, funding: &Funding<'_, 'info>) -> Result<Migrated<New>> {
        let info: &AccountInfo<'info> = self.account.as_ref();
        if funding.pays_from(info) || self.policy.pays_to(info) {
            return Err(rejected::<New::Error>(Rejection::Aliased));
        }

        let new = New::migrate_from(self.old);
        let old_len = info.data_len();
        let new_len = transition::new_len(old_len, &new).map_err(rejected::<New::Error>)?;
        let rate = RentRate::get()?;
        let minimum = rate.minimum(new_len);
        funding.top_up::<New::Error>(info, minimum)?;
        info.resize(new_len)?;
        let migrated = transition::write_new(&new, &mut info.try_borrow_mut_data()?)
            .map_err(rejected::<New::Error>)?;
        if new_len < old_len {
            self.policy.apply(info, rate.minimum(old_len), minimum)?;
        }
        self.account.finish();
        Ok(Migrated(migrated))
    }
}

impl<Old, New> Deref for Migration<'_, '_, Old, New>
where
    Old: Layout + Clone,
    New: MigrateFrom<Old, Error: Into<Error>>,
{
    type Target = Old;

    fn deref(&self) -> &Old {
        &self.old
    }
}

impl<New> Migrated<New> {
    pub fn into_inner(self) -> New {
        self.0
    }
}

impl<New> Deref for Migrated<New> {
    type Target = New;

    fn deref(&self) -> &New {
        &self.0
    }
}
