//! The layouts of the fixtures, one family per file.

/// Declares a struct of this program as a layout: its body's length, how it is encoded, and what else
/// differs from the defaults.
macro_rules! layout {
    ($name:ty, $body:expr, $encoding:ty $(, $item:item)*) => {
        impl account_migration::Layout for $name {
            const OWNER: [u8; 32] = crate::ID.to_bytes();
            const LAYOUT_DISCRIMINATOR: &'static [u8] = <Self as Discriminator>::DISCRIMINATOR;
            const BODY: usize = $body;
            type Encoding = $encoding;
            $($item)*
        }
    };
}

pub mod archive;
pub mod card;
pub mod config;
pub mod counter;
pub mod ledger;
pub mod note;
pub mod price;

pub use {archive::*, card::*, config::*, counter::*, ledger::*, note::*, price::*};
