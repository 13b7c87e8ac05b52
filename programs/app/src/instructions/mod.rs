pub mod close;
pub mod initialize;
pub mod initialize_v2;
pub mod migrate;
pub mod migrate_many;
pub mod retire;
pub mod rollback;
pub mod set_fee;
pub mod set_operators;
pub mod update;
pub mod update_v2;

pub use {
    close::*, initialize::*, initialize_v2::*, migrate::*, migrate_many::*, retire::*, rollback::*,
    set_fee::*, set_operators::*, update::*, update_v2::*,
};
