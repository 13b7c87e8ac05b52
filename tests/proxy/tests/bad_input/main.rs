//! Every case of [`integration::bad_input`] over the real `.so`, for the instructions of `migrator` and
//! `successor`.

mod adopt;
mod layout;
mod migrate_account;
mod update;

use {
    integration::{bad_input::expect_all_instructions, subjects},
    proxy::releases::{migrator_as_released, successor_as_released},
};

subjects!(
    adopt::adopt,
    adopt::adopt_at_an_address,
    migrate_account::migrate_account,
    update::update,
);

#[test]
fn no_instruction_is_left_out() {
    expect_all_instructions(&migrator_as_released(), SUBJECTS);
    expect_all_instructions(&successor_as_released(), SUBJECTS);
}
