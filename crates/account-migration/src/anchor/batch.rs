use {
    crate::{
        anchor::{funding::Funding, holders, lamports::RentRate, rejected},
        core::{
            in_place, layout::Layout, migrate_from::MigrateFrom, rejection::Rejection, transition,
        },
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
/// handler must return an error, not recover from it. A call into another program later in the instruction
/// must name all of the accounts or none: the runtime compares their sum.
///
/// # Errors
/// Of an account, named `remaining_accounts[index]`: as for loading a [`Pending`](crate::Pending) one,
/// Anchor's check of the owner included, and [`Rejection::NotWritable`], [`Rejection::Aliased`],
/// [`Rejection::Duplicate`] when the instruction passes it outside of the list as well,
/// [`Rejection::GrowFirst`], [`Rejection::TooLarge`]. Of all together: [`Rejection::TopUpAboveLimit`]
/// when they lack more than `max_top_up` lamports, [`Rejection::PayerCannotPay`],
/// [`Rejection::InsufficientFunds`].
pub fn migrate_many<'info, Old, New>(
    accounts: &[AccountInfo<'info>],
    funding: &Funding<'_, 'info>,
    max_top_up: u64,
) -> Result<Batch>
where
    Old: Layout,
    New: MigrateFrom<Old, Error: Into<Error>>,
{
    let owner = Pubkey::new_from_array(New::OWNER);
    let rate = RentRate::get()?;
    let extended_minimum = rate.minimum(New::SPACE);
    let mut skipped = 0;
    let mut shortfalls = Vec::new();
    for (index, account) in accounts.iter().enumerate() {
        let named = |error: Error| error.with_account_name(format!("remaining_accounts[{index}]"));
        if *account.owner != owner {
            return Err(named(wrong_owner(account, owner)));
        }
        let minimum = if let Some(len) = begin_in_place::<Old, New>(account) {
            account.resize(len).map_err(Error::from).map_err(named)?;
            extended_minimum
        } else if let Some(len) =
            migrate_one::<Old, New>(account, accounts, funding).map_err(named)?
        {
            rate.minimum(len)
        } else {
            skipped += 1;
            continue;
        };
        let lamports = account.lamports();
        if lamports < minimum {
            shortfalls.push((account, minimum - lamports));
        }
    }
    let top_up = pay::<New::Error>(&shortfalls, funding, max_top_up)?;
    Ok(Batch {
        migrated: accounts.len() as u32 - skipped,
        skipped,
        top_up,
    })
}

/// [`in_place::begin`] on an account that the program may write and that is passed once; `None` for
/// any other.
#[inline(always)]
fn begin_in_place<Old, New>(account: &AccountInfo) -> Option<usize>
where
    Old: Layout,
    New: MigrateFrom<Old>,
{
    if !account.is_writable || holders(account) > 1 {
        return None;
    }
    in_place::begin::<Old, New>(&mut account.try_borrow_mut_data().ok()?)
}

/// Migrates an account and returns its new length in bytes; `None` when it was migrated already.
#[inline(never)]
fn migrate_one<Old, New>(
    account: &AccountInfo,
    accounts: &[AccountInfo],
    funding: &Funding,
) -> Result<Option<usize>>
where
    Old: Layout,
    New: MigrateFrom<Old, Error: Into<Error>>,
{
    if holders(account) > 1 {
        check_listed_only::<New::Error>(account, accounts, funding)?;
    }
    let old = match transition::read_old::<Old, New>(&account.try_borrow_data()?) {
        Err(Rejection::AlreadyMigrated) => return Ok(None),
        read => read.map_err(rejected::<New::Error>)?,
    };
    if !account.is_writable {
        return Err(rejected::<New::Error>(Rejection::NotWritable));
    }
    let new = New::migrate_from(old);
    let old_len = account.data_len();
    let len = transition::new_len(old_len, &new).map_err(|rejection| {
        rejected::<New::Error>(rejection).with_values((old_len, new.space()))
    })?;
    account.resize(len)?;
    transition::write(&new, &mut account.try_borrow_mut_data()?).map_err(rejected::<New::Error>)?;
    Ok(Some(len))
}

/// Whether the instruction passes an account in the list only, however often.
#[cold]
fn check_listed_only<E: From<Rejection> + Into<Error>>(
    account: &AccountInfo,
    accounts: &[AccountInfo],
    funding: &Funding,
) -> Result<()> {
    if funding.pays_from(account) {
        return Err(rejected::<E>(Rejection::Aliased));
    }
    let listed = accounts.iter().filter(|other| other.key == account.key);
    if holders(account) > listed.count() {
        return Err(rejected::<E>(Rejection::Duplicate));
    }
    Ok(())
}

/// Pays every account what it lacks, in one transfer to the first, and returns the sum.
fn pay<'info, E: From<Rejection> + Into<Error>>(
    shortfalls: &[(&AccountInfo<'info>, u64)],
    funding: &Funding<'_, 'info>,
    max_top_up: u64,
) -> Result<u64> {
    let Some(((first, own), others)) = shortfalls.split_first() else {
        return Ok(0);
    };
    let sum = shortfalls
        .iter()
        .fold(0_u64, |sum, (_, lamports)| sum.saturating_add(*lamports));
    if sum > max_top_up {
        return Err(rejected::<E>(Rejection::TopUpAboveLimit).with_values((sum, max_top_up)));
    }
    funding.pay::<E>(first, sum)?;
    first.sub_lamports(sum - own)?;
    for (account, lamports) in others {
        account.add_lamports(*lamports)?;
    }
    Ok(sum)
}

/// What Anchor's container says of an account that the program does not own.
fn wrong_owner(account: &AccountInfo, owner: Pubkey) -> Error {
    if System::id() == *account.owner && account.lamports() == 0 {
        return ErrorCode::AccountNotInitialized.into();
    }
    Error::from(ErrorCode::AccountOwnedByWrongProgram).with_pubkeys((*account.owner, owner))
}
