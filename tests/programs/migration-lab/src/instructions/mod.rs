pub mod anchor_equal;
pub mod anchor_into_inner;
pub mod anchor_migrate;
pub mod anchor_prefix;
pub mod anchor_shrink;
pub mod anchor_smaller;
pub mod anchor_without_mut;
pub mod ours_chain;
pub mod ours_close;
pub mod ours_grow;
pub mod ours_grow_without_mut;
pub mod ours_migrate;
pub mod ours_migrate_grown;
pub mod ours_migrate_many;
pub mod ours_shrink;
pub mod ours_smaller;
pub mod ours_without_mut;
pub mod ours_zero_copy;

pub use {
    anchor_equal::*, anchor_into_inner::*, anchor_migrate::*, anchor_prefix::*, anchor_shrink::*,
    anchor_smaller::*, anchor_without_mut::*, ours_chain::*, ours_close::*, ours_grow::*,
    ours_grow_without_mut::*, ours_migrate::*, ours_migrate_grown::*, ours_migrate_many::*,
    ours_shrink::*, ours_smaller::*, ours_without_mut::*, ours_zero_copy::*,
};
