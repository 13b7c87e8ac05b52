use {
    crate::{
        anchor::rejected,
        core::{layout::Layout, migrate_from::MigrateFrom, rejection::Rejection, transition},
    },
    anchor_lang::{error::Error, prelude::*},
    std::{io::Write, marker::PhantomData},
};

/// An account in the layout `Old` that the instruction must bring to the layout `New`.
///
/// Use it as `#[account(mut)] account: Account<'info, Pending<Old, New>>`, boxed or not. Loading it
/// answers the program's own error for an account that is already migrated, of an unknown version,
/// never initialized, truncated or corrupt; Anchor's container checks the owner. Leaving the
/// instruction without having migrated it is [`Rejection::NotMigrated`], unless it was closed or the
/// field lacks `mut`, for which Anchor runs no exit.
///
/// An instruction that loads such a field has the contract between the two layouts checked when the
/// program is built. Add `dup` where it is the only such account: Anchor's check for duplicate mutable
/// accounts guards writes at exit, of which there are none here, and costs some 570 compute units.
pub struct Pending<Old, New> {
    state: State<Old>,
    new: PhantomData<fn() -> New>,
}

#[derive(Clone)]
enum State<Old> {
    Unmigrated(Old),
    Begun,
    Migrated,
}

impl<Old: Clone, New> Clone for Pending<Old, New> {
    fn clone(&self) -> Self {
        Self {
            state: self.state.clone(),
            new: PhantomData,
        }
    }
}

impl<Old: Layout, New: MigrateFrom<Old, Error: Into<Error>>> Pending<Old, New> {
    /// The old value, for the constraints of an `#[derive(Accounts)]` struct.
    ///
    /// # Errors
    /// [`Rejection::AlreadyMigrated`] once the migration began.
    pub fn old(&self) -> Result<&Old> {
        match &self.state {
            State::Unmigrated(old) => Ok(old),
            State::Begun | State::Migrated => {
                Err(rejected::<New::Error>(Rejection::AlreadyMigrated))
            }
        }
    }

    pub(crate) fn begin(&mut self) -> Result<Old> {
        match std::mem::replace(&mut self.state, State::Begun) {
            State::Unmigrated(old) => Ok(old),
            state @ (State::Begun | State::Migrated) => {
                self.state = state;
                Err(rejected::<New::Error>(Rejection::AlreadyMigrated))
            }
        }
    }

    pub(crate) fn finish(&mut self) {
        self.state = State::Migrated;
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
        let old = transition::read_old::<Old, New>(data).map_err(rejected::<New::Error>)?;
        Ok(Self {
            state: State::Unmigrated(old),
            new: PhantomData,
        })
    }
}

impl<Old: Layout, New: MigrateFrom<Old, Error: Into<Error>>> AccountSerialize
    for Pending<Old, New>
{
    /// Writes nothing: the migration wrote the account when it was made.
    fn try_serialize<W: Write>(&self, _: &mut W) -> Result<()> {
        match self.state {
            State::Migrated => Ok(()),
            State::Unmigrated(_) | State::Begun => {
                Err(rejected::<New::Error>(Rejection::NotMigrated))
            }
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
