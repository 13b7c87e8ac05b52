use {
    crate::{
        anchor::{holders, lamports::RentRate, rejected_at},
        core::{rejection::Rejection, retirement::RETIRED},
    },
    anchor_lang::{error::Error, prelude::*},
};

/// Ends the life of `account` in its program: [`RETIRED`] is all that is left of its data, and every
/// lamport above the rent-exempt minimum of that goes to `recipient`, which must be writable. From then
/// on loading it is [`Rejection::Retired`], and nothing can be created at its address.
///
/// It takes an account that Anchor does not write back when the instruction ends, and only once. A call
/// into another program later in the instruction must name both accounts or neither: the runtime
/// compares their sum.
///
/// # Errors
/// [`Rejection::NotWritable`]; [`Rejection::Aliased`] when the account is its own recipient;
/// [`Rejection::Duplicate`]; [`Rejection::BelowRentExemption`].
pub fn retire<'info, E: From<Rejection> + Into<Error>>(
    account: &UncheckedAccount<'info>,
    recipient: &AccountInfo<'info>,
) -> Result<()> {
    let rejected = |rejection| rejected_at::<E>(rejection, account);
    if !account.is_writable {
        return Err(rejected(Rejection::NotWritable));
    }
    if account.key == recipient.key {
        return Err(rejected(Rejection::Aliased));
    }
    if holders(account) > 1 {
        return Err(rejected(Rejection::Duplicate));
    }
    let minimum = RentRate::get()?.minimum(RETIRED.len());
    let has = account.lamports();
    let Some(released) = has.checked_sub(minimum) else {
        return Err(rejected(Rejection::BelowRentExemption).with_values((has, minimum)));
    };
    account.resize(RETIRED.len())?;
    account.try_borrow_mut_data()?.copy_from_slice(&RETIRED);
    account.sub_lamports(released)?;
    recipient.add_lamports(released)?;
    Ok(())
}
