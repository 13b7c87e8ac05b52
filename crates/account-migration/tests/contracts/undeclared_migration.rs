include!("shared/layouts.rs");

#[account]
#[derive(InitSpace)]
pub struct New {
    pub value: u64,
    pub fee: u64,
}

layout!(New);

fn handler(card: &mut Account<account_migration::Pending<Old, New>>) -> Result<()> {
    let _ = account_migration::Migration::begin(card)?;
    Ok(())
}

fn main() {
    let _ = handler;
}
