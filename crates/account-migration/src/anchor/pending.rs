use {
    crate::{
        anchor::rejected,
        core::{layout::Layout, migrate_from::MigrateFrom, rejection::Rejection, transition},
    },
    anchor_lang::{error::Error, prelude::*},
    std::{cell::Cell, io::Write, marker::PhantomData},
};

/// An account in the layout `Old` that the instruction must bring to the layout `New`.
///
/// Use it as `#[account(mut)] account: Account<'info, Pending<Old, New>>`, boxed or not. Loading it
/// answers the program's own error for an account that is already migrated, of an unknown version,
/// never initialized, truncated or corrupt; Anchor's container checks the owner. Leaving the
/// instruction without having migrated it is [`Rejection::NotMigrated`], unless it was closed or the
/// field lacks `mut`, for which Anchor runs no exit.
///
/// It holds no value: [`PendingAccount::old`] and [`Migration::begin`](crate::Migration::begin) read what
/// the account holds then, also when a CPI has changed it since the instruction began.
///
/// An instruction that loads such a field has the contract between the two layouts checked when the
/// program is built. Add `dup` where it is the only such account: Anchor's check for duplicate mutable
/// accounts costs some 570 compute units. `begin` then rejects an account that was passed twice, which
/// another field could write back in its old layout.
pub struct Pending<Old, New> {
    migrated: Cell<bool>,
    layouts: PhantomData<fn() -> (Old, New)>,
}

impl<Old, New> Clone for Pending<Old, New> {
    fn clone(&self) -> Self {
        Self {
            migrated: self.migrated.clone(),
            layouts: PhantomData,
        }
    }
}

/// What a field of type `Account<Pending<Old, New>>` can be asked.
pub trait PendingAccount<Old> {
    /// The old value, for the constraints of an `#[derive(Accounts)]` struct.
    ///
    /// # Errors
    /// As for loading the account; a migration under way has borrowed it.
    fn old(&self) -> Result<Old>;
}

impl<Old: Layout, New: MigrateFrom<Old, Error: Into<Error>>> PendingAccount<Old>
    for Account<'_, Pending<Old, New>>
{
    fn old(&self) -> Result<Old> {
        let info: &AccountInfo = self.as_ref();
        transition::read_old::<Old, New>(&info.try_borrow_data()?).map_err(rejected::<New::Error>)
    }
}

impl<Old, New> Pending<Old, New> {
    pub(crate) fn finish(&self) {
        self.migrated.set(true);
    }
}

impl<Old: Layout, New: MigrateFrom<Old, Error: Into<Error>>> AccountDeserialize
    for Pending<Old, New>
{
    fn try_deserialize(data: &mut &[u8]) -> Result<Self> {
        Self::try_deserialize_unchecked(data)
    }

    /// Checks the discriminator as well: a version is never guessed.
    fn try_deserialize_unchecked(data: &mut &[u8]) -> Result<Self> {
        transition::check_old::<Old, New>(data).map_err(rejected::<New::Error>)?;
        Ok(Self {
            migrated: Cell::new(false),
            layouts: PhantomData,
        })
    }
}

impl<Old: Layout, New: MigrateFrom<Old, Error: Into<Error>>> AccountSerialize
    for Pending<Old, New>
{
    /// Writes nothing: the migration wrote the account when it was made.
    fn try_serialize<W: Write>(&self, _: &mut W) -> Result<()> {
        if self.migrated.get() {
            Ok(())
        } else {
            Err(rejected::<New::Error>(Rejection::NotMigrated))
        }
    }
}

impl<Old: Layout, New> Owner for Pending<Old, New> {
    fn owner() -> Pubkey {
        Pubkey::new_from_array(Old::OWNER)
    }
}

#[cfg(feature = "idl-build")]
impl<Old: Layout, New> Discriminator for Pending<Old, New> {
    const DISCRIMINATOR: &'static [u8] = Old::LAYOUT_DISCRIMINATOR;
}

/// The IDL lists the old layout as an account and knows the types of both.
#[cfg(feature = "idl-build")]
impl<Old: anchor_lang::IdlBuild, New: anchor_lang::IdlBuild> anchor_lang::IdlBuild
    for Pending<Old, New>
{
    fn create_type() -> Option<anchor_lang::idl::types::IdlTypeDef> {
        Old::create_type()
    }

    fn insert_types(
        types: &mut std::collections::BTreeMap<String, anchor_lang::idl::types::IdlTypeDef>,
    ) {
        Old::insert_types(types);
        if let Some(new) = New::create_type() {
            types.insert(new.name.clone(), new);
        }
        New::insert_types(types);
    }
}
