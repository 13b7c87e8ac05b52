//! error: one layout's discriminator begins with the other's

include!("shared/layouts.rs");

#[account]
#[derive(InitSpace)]
pub struct New {
    pub value: u64,
    pub fee: u64,
}

layout!(@ New, ID.to_bytes(), <Old as Discriminator>::DISCRIMINATOR);

impl MigrateFrom<Old> for New {
    type Error = CardError;

    fn migrate_from(_: Old) -> Self {
        unimplemented!()
    }
}

fn main() {
    let _ = account_migration::migrate_many::<Old, New> as fn(_, _, _) -> _;
}
