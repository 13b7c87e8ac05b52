//! error: E0308
//!
//! Only `migrate` makes a `Migrated`: a handler that returns one cannot have forgotten to migrate.

include!("shared/declared.rs");

fn handler(card: &mut Account<Pending<Old, New>>) -> Result<Migrated<New>> {
    let old = Migration::begin(card)?;
    let migrated: Migrated<New> = New { value: old.value, fee: 0 };
    Ok(migrated)
}

fn main() {
    let _ = handler;
}
