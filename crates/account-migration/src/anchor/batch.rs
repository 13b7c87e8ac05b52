use {
    crate::{
        anchor::{funding::Funding, lamports::RentRate, rejected},
        core::{layout::Layout, migrate_from::MigrateFrom, rejection::Rejection, rent, transition},
    },
    anchor_lang::{
        error::{Error, ErrorCode},
        prelude::*,
    },
};

/// What [`migrate_many`] did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Accounts that have the new layout now and had the old one before.
    pub migrated: u32,
    /// Accounts that had the new layout already.
    pub skipped: u32,
    /// Lamports that the payer paid.
    pub top_up: u64,
}

/// Brings every account in the layout `Old` to the layout `New` and skips those that have it already:
/// a batch can be sent again, and an account may be listed twice. Lamports above the rent-exempt
/// minimum stay where they are.
///
/// The rent that the migrated accounts lack comes from the payer in one transfer, to the first of
/// them; the others get their part from there. It is paid after the last account was written, so a
/// handler must return an error, not recover from it.
///
/// # Errors
/// Of an account, named `remaining_accounts[index]`: as for loading a [`Pending`](crate::Pending) one,
/// Anchor's check of the owner included, and [`Rejection::NotWritable`], [`Rejection::Aliased`],
/// [`Rejection::GrowFirst`], [`Rejection::TooLarge`]. Of all together: [`Rejection::TopUpAboveLimit`]
/// when they lack more than `max_top_up` lamports, [`Rejection::InsufficientFunds`].
pub fn migrate_many<'info, Old, New>(
    accounts: &[AccountInfo<'info>],
    funding: &Funding<'_, 'info>,
    max_top_up: u64,
) -> Result<Batch>
where
    Old: Layout,
    New: MigrateFrom<Old, Error: Into<Error>>,
{
    let rate = RentRate::get()?;
    let mut batch = Batch::default();
    let mut shortfalls = Vec::with_capacity(accounts.len());
    for (index, account) in accounts.iter().enumerate() {
        let shortfall = migrate_one::<Old, New>(account, funding, &rate)
            .map_err(|error| error.with_account_name(format!("remaining_accounts[{index}]")))?;
        let Some(lamports) = shortfall else {
            batch.skipped += 1;
            continue;
        };
        batch.migrated += 1;
        if lamports > 0 {
            batch.top_up = batch.top_up.saturating_add(lamports);
            shortfalls.push((account, lamports));
        }
    }
    let Some(((first, own), others)) = shortfalls.split_first() else {
        return Ok(batch);
    };
    if batch.top_up > max_top_up {
        return Err(rejected::<New::Error>(Rejection::TopUpAboveLimit));
    }
    funding.pay::<New::Error>(first, batch.top_up)?;
    first.sub_lamports(batch.top_up - own)?;
    for (account, lamports) in others {
        account.add_lamports(*lamports)?;
    }
    Ok(batch)
}

/// Migrates an account and returns the lamports that it then lacks; `None` when it was migrated
/// already.
fn migrate_one<Old, New>(
    account: &AccountInfo,
    funding: &Funding,
    rate: &RentRate,
) -> Result<Option<u64>>
where
    Old: Layout,
    New: MigrateFrom<Old, Error: Into<Error>>,
{
    let owner = Pubkey::new_from_array(New::OWNER);
    if *account.owner != owner {
        return Err(wrong_owner(account, owner));
    }
    if funding.pays_from(account) {
        return Err(rejected::<New::Error>(Rejection::Aliased));
    }
    let old = match transition::read_old::<Old, New>(&account.try_borrow_data()?) {
        Err(Rejection::AlreadyMigrated) => return Ok(None),
        read => read.map_err(rejected::<New::Error>)?,
    };
    if !account.is_writable {
        return Err(rejected::<New::Error>(Rejection::NotWritable));
    }
    let new = New::migrate_from(old);
    let len = transition::new_len(account.data_len(), &new).map_err(rejected::<New::Error>)?;
    account.resize(len)?;
    transition::write_checked(&new, &mut account.try_borrow_mut_data()?)
        .map_err(rejected::<New::Error>)?;
    Ok(Some(rent::top_up(account.lamports(), rate.minimum(len))))
}

/// What Anchor's container says of an account that the program does not own.
fn wrong_owner(account: &AccountInfo, owner: Pubkey) -> Error {
    if System::id() == *account.owner && account.lamports() == 0 {
        return ErrorCode::AccountNotInitialized.into();
    }
    Error::from(ErrorCode::AccountOwnedByWrongProgram).with_pubkeys((*account.owner, owner))
}
