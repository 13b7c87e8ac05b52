use {
    crate::{
        anchor::{funding::Funding, lamports::RentRate, rejected_at},
        core::{
            contract::MAX_GROWTH, layout::Layout, migrate_from::MigrateFrom, rejection::Rejection,
            transition,
        },
    },
    anchor_lang::{error::Error, prelude::*},
};

/// How far an account on the step-wise path has grown, in bytes of its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Growth {
    pub len: usize,
    pub missing: usize,
}

/// Grows an account in the layout `Old` by up to 10,240 bytes towards the space of `New`, paying the
/// rent it then lacks. The account keeps its old layout, so old clients go on reading it; when
/// nothing is missing it can be migrated.
///
/// # Errors
/// As for loading a [`Pending`](crate::Pending) account, and [`Rejection::NotWritable`],
/// [`Rejection::Aliased`], [`Rejection::PayerCannotPay`], [`Rejection::InsufficientFunds`].
pub fn grow_step<'info, Old, New>(
    account: &Account<'info, Old>,
    funding: &Funding<'_, 'info>,
) -> Result<Growth>
where
    Old: Layout + AccountSerialize + AccountDeserialize + Clone,
    New: MigrateFrom<Old, Error: Into<Error>>,
{
    let info: &AccountInfo<'info> = account.as_ref();
    if !info.is_writable {
        return Err(rejected_at::<New::Error>(Rejection::NotWritable, info));
    }
    if funding.pays_from(info) {
        return Err(rejected_at::<New::Error>(Rejection::Aliased, info));
    }
    let old = transition::read_old::<Old, New>(&info.try_borrow_data()?)
        .map_err(|rejection| rejected_at::<New::Error>(rejection, info))?;
    let target = New::migrate_from(old).space();
    let len = info
        .data_len()
        .saturating_add(MAX_GROWTH)
        .min(target)
        .max(info.data_len());

    funding.top_up::<New::Error>(info, RentRate::get()?.minimum(len))?;
    info.resize(len)?;
    Ok(Growth {
        len,
        missing: target.saturating_sub(len),
    })
}
