use {
    crate::{
        anchor::{lamports::RentRate, rejected},
        core::{rejection::Rejection, retirement::RETIRED},
    },
    anchor_lang::{error::Error, prelude::*},
};

/// Ends the life of `account` in its program: [`RETIRED`] is all that is left of its data, and every
/// lamport above the rent-exempt minimum of that goes to `recipient`, which must be writable. From then
/// on loading it is [`Rejection::Retired`], and nothing can be created at its address.
///
/// Hand it an account that Anchor does not write back when the instruction ends: not a `mut` field of
/// type `Account`.
///
/// # Errors
/// [`Rejection::NotWritable`]; [`Rejection::Aliased`] when the account is its own recipient;
/// [`Rejection::BelowRentExemption`].
pub fn retire<'info, E: From<Rejection> + Into<Error>>(
    account: &AccountInfo<'info>,
    recipient: &AccountInfo<'info>,
) -> Result<()> {
    if !account.is_writable {
        return Err(rejected::<E>(Rejection::NotWritable));
    }
    if account.key == recipient.key {
        return Err(rejected::<E>(Rejection::Aliased));
    }
    let minimum = RentRate::get()?.minimum(RETIRED.len());
    let Some(released) = account.lamports().checked_sub(minimum) else {
        return Err(rejected::<E>(Rejection::BelowRentExemption));
    };
    account.resize(RETIRED.len())?;
    account.try_borrow_mut_data()?.copy_from_slice(&RETIRED);
    account.sub_lamports(released)?;
    recipient.add_lamports(released)?;
    Ok(())
}
