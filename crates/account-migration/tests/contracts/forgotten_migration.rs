include!("shared/declared.rs");

fn handler(card: &mut Account<Pending<Old, New>>) -> Result<Migrated<New>> {
    let old = Migration::begin(card)?;
    Ok(New { value: old.value, fee: 0 })
}

fn main() {
    let _ = handler;
}
