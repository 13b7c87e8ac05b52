use crate::core::{contract::MAX_GROWTH, layout::Layout, rejection::Rejection};

/// What a value of the layout `Old` becomes. Pure: no account, no clock, nothing a caller chooses.
#[diagnostic::on_unimplemented(
    message = "no migration from `{Old}` to `{Self}` is declared",
    label = "`{Self}` does not implement `MigrateFrom<{Old}>`",
    note = "say what the old value becomes: `impl MigrateFrom<{Old}> for {Self}`"
)]
pub trait MigrateFrom<Old: Layout>: Layout {
    /// The program's own error, so that its IDL documents each [`Rejection`].
    type Error: From<Rejection>;
    /// Whether the account grows inside the migrating instruction or in steps before it.
    const GROWTH_PATH: GrowthPath = GrowthPath::OneInstruction;

    /// Whether the account of the new value is that of the old one with the new discriminator in front
    /// and zeros behind the old fields, up to [`Layout::SPACE`]. [`migrate_many`](crate::migrate_many)
    /// then extends an account that holds an old value and not a byte more instead of moving its fields,
    /// at some 100 compute units less.
    ///
    /// The build checks the lengths of the two layouts. That [`migrate_from`](Self::migrate_from) makes
    /// the same of every old value is for a test to show, by
    /// [`in_place::agrees`](crate::core::in_place::agrees).
    const EXTENDS_IN_PLACE: bool = false;

    fn migrate_from(old: Old) -> Self;
}

/// How an account gets the bytes that its new layout needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrowthPath {
    /// The migrating instruction adds them all: at most 10,240 bytes.
    OneInstruction,
    /// [`grow_step`](crate::grow_step) adds up to 10,240 bytes per instruction while the account
    /// keeps its old layout; the migrating instruction rejects an account that is still too short.
    StepWise,
}

impl GrowthPath {
    /// The path from the first of three layouts to the last: in steps if one of the two between goes in
    /// steps, or if both together add more than an instruction can.
    pub const fn of_chain<First, Second, Third>() -> Self
    where
        First: Layout,
        Second: MigrateFrom<First>,
        Third: MigrateFrom<Second>,
    {
        match (Second::GROWTH_PATH, Third::GROWTH_PATH) {
            (Self::OneInstruction, Self::OneInstruction)
                if Third::SPACE <= First::SPACE.saturating_add(MAX_GROWTH) =>
            {
                Self::OneInstruction
            }
            _ => Self::StepWise,
        }
    }
}

/// Declares that the last layout is reached from the first by way of those between, in one pass.
///
/// `migration_chain!(CounterError: CounterV1 => CounterV2 => CounterV3)` implements
/// `MigrateFrom<CounterV1> for CounterV3` from the two steps that already exist.
#[macro_export]
macro_rules! migration_chain {
    ($error:ty: $first:ty => $second:ty => $third:ty) => {
        impl $crate::MigrateFrom<$first> for $third {
            type Error = $error;
            const GROWTH_PATH: $crate::GrowthPath =
                $crate::GrowthPath::of_chain::<$first, $second, $third>();

            fn migrate_from(old: $first) -> Self {
                <$third as $crate::MigrateFrom<$second>>::migrate_from(
                    <$second as $crate::MigrateFrom<$first>>::migrate_from(old),
                )
            }
        }
    };
    ($error:ty: $first:ty => $second:ty => $third:ty => $($rest:ty)=>+) => {
        $crate::migration_chain!($error: $first => $second => $third);
        $crate::migration_chain!($error: $first => $third => $($rest)=>+);
    };
}
