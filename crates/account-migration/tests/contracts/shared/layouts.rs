use account_migration::{Borsh, Layout, MigrateFrom, Rejection};
use anchor_lang::prelude::*;

declare_id!("11111111111111111111111111111112");

#[error_code]
pub enum CardError {
    #[msg("the card is not a card that can be migrated")]
    NotMigratable,
}

impl From<Rejection> for CardError {
    fn from(_: Rejection) -> Self {
        Self::NotMigratable
    }
}

/// Declares a struct as a layout, with whatever differs from the defaults.
macro_rules! layout {
    ($name:ident $(, $item:item)*) => {
        layout!(@ $name, ID.to_bytes(), <Self as Discriminator>::DISCRIMINATOR $(, $item)*);
    };
    (owner $owner:expr, $name:ident) => {
        layout!(@ $name, $owner, <Self as Discriminator>::DISCRIMINATOR);
    };
    (discriminator $discriminator:expr, $name:ident) => {
        layout!(@ $name, ID.to_bytes(), &$discriminator);
    };
    (@ $name:ident, $owner:expr, $discriminator:expr $(, $item:item)*) => {
        impl Layout for $name {
            const OWNER: [u8; 32] = $owner;
            const LAYOUT_DISCRIMINATOR: &'static [u8] = $discriminator;
            const BODY: usize = Self::INIT_SPACE;
            type Encoding = Borsh;
            $($item)*
        }
    };
}

/// Declares a migration, with whatever differs from the defaults, and an `Accounts` struct with a
/// pending account, and loads it in `main`.
macro_rules! pending {
    ($old:ident => $new:ident $(, $item:item)*) => {
        impl MigrateFrom<$old> for $new {
            type Error = CardError;
            $($item)*

            fn migrate_from(_: $old) -> Self {
                unimplemented!()
            }
        }

        #[derive(Accounts)]
        pub struct Migrate<'info> {
            #[account(mut)]
            pub card: Account<'info, account_migration::Pending<$old, $new>>,
        }

        fn main() {
            let _ = <Migrate as Accounts<_>>::try_accounts as fn(_, _, _, _, _) -> _;
        }
    };
}

#[account]
#[derive(InitSpace)]
pub struct Old {
    pub value: u64,
}

layout!(Old);
