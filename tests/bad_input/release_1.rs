//! The instructions that release 1 has already. They take a config in either layout.

use {
    crate::load,
    anchor_lang::{error::ErrorCode, prelude::AccountMeta},
    integration::bad_input::{
        Case, Config, DERIVED_CONFIG, Form, NO_OTHERS, NO_PROGRAMS, Subject, Who, custom,
    },
    support::client_v1,
    svm_harness::{InstructionError, Signer},
};

/// Sets 4; in the other form the largest value. The config twice: in the place of the authority, where it
/// cannot sign.
pub fn update() -> Subject {
    Subject {
        target: DERIVED_CONFIG,
        programs: NO_PROGRAMS,
        others: NO_OTHERS,
        build: |keys, case| {
            let signer = keys.signer(case, &keys.authority);
            let mut update = client_v1::update(&signer, value(case));
            update.accounts[0].pubkey = keys.derived_config;
            if case.form == Form::ConfigTwice {
                update.accounts[1] = AccountMeta::new_readonly(keys.derived_config, false);
            }
            update
        },
        expect: |keys, case, ledger| {
            let config = load(keys, case)?;
            signed(case)?;
            of_authority(case)?;
            let account = ledger.account(keys.derived_config);
            let config = match config {
                Config::V1(mut fields) => {
                    fields.value = value(case);
                    fields.as_v1()
                }
                Config::V2(mut fields) => {
                    fields.value = value(case);
                    fields.revision = fields.revision.wrapping_add(1);
                    fields.as_v2()
                }
            };
            account.data[..config.len()].copy_from_slice(&config);
            Ok(())
        },
    }
}

fn value(case: &Case) -> u64 {
    match case.form {
        Form::Other => u64::MAX,
        _ => 4,
    }
}

/// In the other form the config is not writable. The config twice: as in [`update`].
pub fn close() -> Subject {
    Subject {
        target: DERIVED_CONFIG,
        programs: NO_PROGRAMS,
        others: NO_OTHERS,
        build: |keys, case| {
            let mut close = client_v1::close(&keys.signer(case, &keys.authority));
            close.accounts[0].pubkey = keys.derived_config;
            match case.form {
                Form::Other => close.accounts[0].is_writable = false,
                Form::ConfigTwice => {
                    close.accounts[1] = AccountMeta::new(keys.derived_config, false);
                }
                Form::Plain | Form::ConfigBehind => {}
            }
            close
        },
        expect: |keys, case, ledger| {
            load(keys, case)?;
            signed(case)?;
            of_authority(case)?;
            if case.form == Form::Other {
                return Err(custom(ErrorCode::ConstraintMut));
            }
            ledger.settle(keys.derived_config, vec![], 0, keys.authority.pubkey());
            Ok(())
        },
    }
}

/// The config cannot sign.
fn signed(case: &Case) -> Result<(), InstructionError> {
    case.signed()?;
    match case.form {
        Form::ConfigTwice => Err(custom(ErrorCode::AccountNotSigner)),
        _ => Ok(()),
    }
}

/// The config's address is derived from the signer's.
fn of_authority(case: &Case) -> Result<(), InstructionError> {
    match case.who {
        Who::Authority => Ok(()),
        _ => Err(custom(ErrorCode::ConstraintSeeds)),
    }
}
