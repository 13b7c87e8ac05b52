//! Every case of [`integration::bad_input`] over the real `.so`, for every instruction of `app` that
//! takes an existing config.

mod fields;
mod migration;
mod release_1;
mod retire;
mod tokens;

use {
    integration::{
        bad_input::{Case, Config, Keys, Unloadable, expect_all_instructions},
        subjects,
    },
    support::releases::newest_as_released,
    svm_harness::InstructionError,
};

subjects!(
    release_1::update,
    release_1::close,
    fields::update_v2,
    fields::set_fee,
    fields::set_operators,
    migration::migrate,
    migration::migrate_many,
    migration::rollback,
    retire::retire,
);

#[test]
fn no_instruction_that_takes_a_config_is_left_out() {
    let creating = ["initialize", "initialize_v2"];
    expect_all_instructions(&newest_as_released(), &[SUBJECTS, &creating].concat());
}

/// The config of a case, or what `app` answers.
fn load(keys: &Keys, case: &Case) -> Result<Config, InstructionError> {
    case.load(keys).map_err(Unloadable::in_app)
}
