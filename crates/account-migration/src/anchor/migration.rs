use {
    crate::{
        anchor::{
            funding::Funding,
            holders,
            lamports::{LamportPolicy, RentRate},
            pending::Pending,
            rejected_at,
        },
        core::{layout::Layout, migrate_from::MigrateFrom, rejection::Rejection, transition},
    },
    anchor_lang::{error::Error, prelude::*},
    std::{cell::RefMut, ops::Deref},
};

/// A migration under way: the old value until [`migrate`](Self::migrate) consumes it. The account's data
/// are borrowed as long, so nothing, no CPI either, changes what was read.
#[must_use = "nothing is written until `migrate` is called"]
pub struct Migration<'a, 'info, Old, New>
where
    Old: Layout,
    New: MigrateFrom<Old, Error: Into<Error>>,
{
    account: &'a Account<'info, Pending<Old, New>>,
    data: RefMut<'a, &'info mut [u8]>,
    old: Old,
    policy: LamportPolicy<'a, 'info>,
}

/// The new value, which the account's bytes hold. Only [`Migration::migrate`] makes one, so a
/// handler that returns it cannot have forgotten to migrate.
#[derive(Debug)]
pub struct Migrated<New>(New);

impl<'a, 'info, Old, New> Migration<'a, 'info, Old, New>
where
    Old: Layout,
    New: MigrateFrom<Old, Error: Into<Error>>,
{
    /// Reads the old value.
    ///
    /// # Errors
    /// [`Rejection::NotWritable`]; as for loading the account, which a CPI may have changed since, or an
    /// earlier migration; Anchor's when the account's data are borrowed, as while another migration is
    /// under way.
    pub fn begin(account: &'a Account<'info, Pending<Old, New>>) -> Result<Self> {
        let info: &AccountInfo<'info> = account.as_ref();
        if !info.is_writable {
            return Err(rejected_at::<New::Error>(Rejection::NotWritable, info));
        }
        let data = info.try_borrow_mut_data()?;
        let old = transition::read_old::<Old, New>(&data)
            .map_err(|rejection| rejected_at::<New::Error>(rejection, info))?;
        Ok(Self {
            account,
            data,
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
    /// discriminator and the fields, zeroes every byte behind them and checks that the result decodes.
    ///
    /// # Errors
    /// [`Rejection::Aliased`], [`Rejection::Duplicate`], [`Rejection::GrowFirst`],
    /// [`Rejection::PayerCannotPay`], [`Rejection::InsufficientFunds`], [`Rejection::TooLarge`].
    pub fn migrate(self, funding: &Funding<'_, 'info>) -> Result<Migrated<New>> {
        let info: &AccountInfo<'info> = self.account.as_ref();
        let rejected = |rejection| rejected_at::<New::Error>(rejection, info);
        // An account that is the payer or the recipient as well is passed more than once.
        if holders(info) > 1 {
            let aliased = funding.pays_from(info) || self.policy.pays_to(info);
            return Err(rejected(if aliased {
                Rejection::Aliased
            } else {
                Rejection::Duplicate
            }));
        }

        let old_len = self.data.len();
        drop(self.data);
        let new = New::migrate_from(self.old);
        let new_len = transition::new_len(old_len, &new)
            .map_err(|rejection| rejected(rejection).with_values((old_len, new.space())))?;
        let rate = RentRate::get()?;
        let minimum = rate.minimum(new_len);
        funding.top_up::<New::Error>(info, minimum)?;
        info.resize(new_len)?;
        transition::write(&new, &mut info.try_borrow_mut_data()?).map_err(rejected)?;
        if new_len < old_len {
            let old_minimum = rate.minimum(old_len);
            self.policy
                .apply::<New::Error>(info, old_minimum, minimum, funding)?;
        }
        self.account.finish();
        Ok(Migrated(new))
    }
}

impl<Old, New> Deref for Migration<'_, '_, Old, New>
where
    Old: Layout,
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
