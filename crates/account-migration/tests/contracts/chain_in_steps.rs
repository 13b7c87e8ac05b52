//! compiles
//!
//! A chain that grows by more than an instruction can add goes in steps, although neither of its steps
//! does; so does one with a step that does.

include!("shared/layouts.rs");

use account_migration::{GrowthPath, migration_chain};

macro_rules! ledger {
    ($name:ident, $space:expr) => {
        #[account]
        #[derive(InitSpace)]
        pub struct $name {
            pub value: u64,
        }

        layout!($name, const SPACE: usize = $space;);
    };
}

macro_rules! migration {
    ($old:ident => $new:ident $(, $path:ident)?) => {
        impl MigrateFrom<$old> for $new {
            type Error = CardError;
            $(const GROWTH_PATH: GrowthPath = GrowthPath::$path;)?

            fn migrate_from(old: $old) -> Self {
                Self { value: old.value }
            }
        }
    };
}

ledger!(First, 16);
ledger!(Second, 16 + 10_240);
ledger!(Third, 16 + 10_241);
ledger!(Fourth, 16 + 10_242);
ledger!(Short, 16 + 10_240);
ledger!(Last, 16);

migration!(First => Second);
migration!(Second => Third);
migration!(Third => Fourth);
migration!(Second => Short);
migration!(Third => Last, StepWise);
migration!(Last => Old);
migration_chain!(CardError: First => Second => Third => Fourth);
migration_chain!(CardError: First => Second => Short);
migration_chain!(CardError: Second => Third => Last => Old);

const fn in_steps<From: Layout, To: MigrateFrom<From>>() -> bool {
    account_migration::core::contract::check::<From, To>();
    matches!(To::GROWTH_PATH, GrowthPath::StepWise)
}

const _: () = assert!(in_steps::<First, Third>(), "10,241 bytes");
const _: () = assert!(in_steps::<First, Fourth>(), "behind a chain that goes in steps");
const _: () = assert!(!in_steps::<First, Short>(), "10,240 bytes");
const _: () = assert!(in_steps::<Second, Last>(), "its second step");
const _: () = assert!(in_steps::<Second, Old>(), "its first step");

fn main() {}
