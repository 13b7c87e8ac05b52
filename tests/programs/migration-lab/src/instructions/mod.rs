pub mod anchor_equal;
pub mod anchor_into_inner;
pub mod anchor_migrate;
pub mod anchor_prefix;
pub mod anchor_shrink;
pub mod anchor_smaller;
pub mod anchor_without_mut;
pub mod change_and_restore;
pub mod ours_call;
pub mod ours_chain;
pub mod ours_close;
pub mod ours_grow;
pub mod ours_grow_archive;
pub mod ours_grow_without_mut;
pub mod ours_migrate;
pub mod ours_migrate_archive;
pub mod ours_migrate_beside;
pub mod ours_migrate_configs;
pub mod ours_migrate_grown;
pub mod ours_migrate_many;
pub mod ours_migrate_note;
pub mod ours_migrate_notes;
pub mod ours_read_note;
pub mod ours_retire;
pub mod ours_shrink;
pub mod ours_shrink_and_grow;
pub mod ours_smaller;
pub mod ours_without_mut;
pub mod ours_zero_copy;
pub mod set_value;

pub use {
    anchor_equal::*, anchor_into_inner::*, anchor_migrate::*, anchor_prefix::*, anchor_shrink::*,
    anchor_smaller::*, anchor_without_mut::*, change_and_restore::*, ours_call::*, ours_chain::*,
    ours_close::*, ours_grow::*, ours_grow_archive::*, ours_grow_without_mut::*, ours_migrate::*,
    ours_migrate_archive::*, ours_migrate_beside::*, ours_migrate_configs::*,
    ours_migrate_grown::*, ours_migrate_many::*, ours_migrate_note::*, ours_migrate_notes::*,
    ours_read_note::*, ours_retire::*, ours_shrink::*, ours_shrink_and_grow::*, ours_smaller::*,
    ours_without_mut::*, ours_zero_copy::*, set_value::*,
};
