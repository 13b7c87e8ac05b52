//! The pure core, by properties and exhaustively, on layouts that are not Anchor's.

mod exhaustive;
mod in_place;
mod layouts;
mod no_panic;
mod option_tail;
mod rent;
mod transition;

use account_migration::{
    Layout, MigrateFrom, Rejection,
    core::transition::{new_len, read_old, write_new},
};

/// What the adapter does to an account's bytes, without its lamports.
fn migrate<Old: Layout, New: MigrateFrom<Old>>(data: &mut Vec<u8>) -> Result<New, Rejection> {
    let new = New::migrate_from(read_old::<Old, New>(data)?);
    let len = new_len(data.len(), &new)?;
    data.resize(len, 0);
    write_new(&new, data)
}

/// The bytes of a new account that holds `value`.
fn account<T: Layout>(value: &T) -> Vec<u8> {
    let mut data = vec![0; value.space()];
    write_new(value, &mut data).expect("a value fits its own space");
    data
}
