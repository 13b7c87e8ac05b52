//! Migrating without moving a field, where [`MigrateFrom::EXTENDS_IN_PLACE`] says that the fields stay
//! where they are.

use crate::core::{contract, encoding::Encoding, layout::Layout, migrate_from::MigrateFrom};

/// Gives an account in exactly the old layout the new discriminator and returns the length to which
/// zeros must extend it.
///
/// `None` changes nothing: the pair does not migrate in place, or `data` is not what an old value
/// alone takes. What is to be said of such an account, [`transition`](crate::core::transition) says.
#[inline(always)]
pub fn begin<Old: Layout, New: MigrateFrom<Old>>(data: &mut [u8]) -> Option<usize> {
    const { contract::check::<Old, New>() };
    // Of this length, a value is as long as every value: its last field ends where the data does.
    if !New::EXTENDS_IN_PLACE || data.len() != Old::LAYOUT_DISCRIMINATOR.len() + Old::BODY {
        return None;
    }
    let body = data.strip_prefix(Old::LAYOUT_DISCRIMINATOR)?;
    if !Old::Encoding::decodes(body) {
        return None;
    }
    data[..New::LAYOUT_DISCRIMINATOR.len()].copy_from_slice(New::LAYOUT_DISCRIMINATOR);
    Some(New::SPACE)
}
