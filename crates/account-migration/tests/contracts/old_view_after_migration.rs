//! error: E0382
//!
//! `migrate` consumes the migration, and with it the view of the old value.

include!("shared/declared.rs");

fn handler<'info>(
    card: &mut Account<'info, Pending<Old, New>>,
    funding: &Funding<'_, 'info>,
) -> Result<u64> {
    let migration = Migration::begin(card)?;
    migration.migrate(funding)?;
    Ok(migration.value)
}

fn main() {
    let _ = handler;
}
