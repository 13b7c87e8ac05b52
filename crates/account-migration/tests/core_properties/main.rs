//! The pure core, by properties and exhaustively, on layouts that are not Anchor's.

mod contracts;
mod exhaustive;
mod in_place;
mod layouts;
mod no_panic;
mod option_tail;
mod rejections;
mod rent;
mod transition;
mod variable_tail;

use account_migration::{
    Layout, MigrateFrom, Rejection,
    core::transition::{decode, new_len, read_old, write},
};

/// What the adapter does to an account's bytes, without its lamports.
fn migrate<Old: Layout, New: MigrateFrom<Old>>(data: &mut Vec<u8>) -> Result<New, Rejection> {
    let new = New::migrate_from(read_old::<Old, New>(data)?);
    let len = new_len(data.len(), &new)?;
    data.resize(len, 0);
    write_and_read(&new, data)
}

/// Writes a value and reads what was written.
fn write_and_read<T: Layout>(value: &T, data: &mut [u8]) -> Result<T, Rejection> {
    write(value, data)?;
    decode(&data[T::LAYOUT_DISCRIMINATOR.len()..])
}

/// The bytes of a new account that holds `value`.
fn account<T: Layout>(value: &T) -> Vec<u8> {
    let mut data = vec![0; value.space()];
    write(value, &mut data).expect("a value fits its own space");
    data
}
