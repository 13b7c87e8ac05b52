//! Migrating without moving a field, where [`MigrateFrom::EXTENDS_IN_PLACE`] says that the fields stay
//! where they are.

use crate::core::{
    contract, encoding::Encoding, layout::Layout, migrate_from::MigrateFrom, transition,
};

/// Gives an account in exactly the old layout the new discriminator and returns the length to which
/// zeros must extend it.
///
/// `None` changes nothing: the pair does not migrate in place, or `data` is not what an old value
/// alone takes. What is to be said of such an account, [`transition`] says.
#[inline(always)]
pub fn begin<Old: Layout, New: MigrateFrom<Old>>(data: &mut [u8]) -> Option<usize> {
    const { contract::check::<Old, New>() };
    if !New::EXTENDS_IN_PLACE || data.len() != Old::LAYOUT_DISCRIMINATOR.len() + Old::BODY {
        return None;
    }
    let body = data.strip_prefix(Old::LAYOUT_DISCRIMINATOR)?;
    // A value that ends before the data do leaves bytes where the new fields begin.
    if Old::Encoding::decoded_len(body)? != body.len() {
        return None;
    }
    data[..New::LAYOUT_DISCRIMINATOR.len()].copy_from_slice(New::LAYOUT_DISCRIMINATOR);
    Some(New::SPACE)
}

/// Whether [`begin`] and zeros make of an account's data what reading, migrating and writing makes of it,
/// or leave it alone. For tests: a pair that says [`MigrateFrom::EXTENDS_IN_PLACE`] must agree on every
/// account.
pub fn agrees<Old: Layout, New: MigrateFrom<Old>>(data: &[u8]) -> bool {
    let mut extended = data.to_vec();
    let Some(len) = begin::<Old, New>(&mut extended) else {
        return true;
    };
    extended.resize(len, 0);
    let migrated = transition::read_old::<Old, New>(data).and_then(|old| {
        let new = New::migrate_from(old);
        let mut migrated = vec![0; transition::new_len(data.len(), &new)?];
        transition::write(&new, &mut migrated)?;
        Ok(migrated)
    });
    migrated == Ok(extended)
}
