//! The instructions that bring a config from one layout to the other.

use {
    crate::load,
    app::error::ConfigError,
    integration::bad_input::{
        CONFIG, Case, Config, Form, NO_OTHERS, NO_PROGRAMS, Subject, Unloadable, V1_LEN, V2_LEN,
        Who, custom,
    },
    support::client_v2,
    svm_harness::{Pubkey, Signer},
};

/// In the other form the signer pays. The config twice: it pays.
pub fn migrate() -> Subject {
    Subject {
        target: CONFIG,
        programs: NO_PROGRAMS,
        others: NO_OTHERS,
        build: |keys, case| {
            let config = keys.config.pubkey();
            let signer = keys.signer(case, &keys.authority);
            let payer = keys.payer(case, signer, config);
            if names_program_data(case) {
                client_v2::migrate_as_upgrade_authority(&config, &signer, &payer)
            } else {
                client_v2::migrate(&config, &signer, &payer)
            }
        },
        expect: |keys, case, ledger| {
            if case.is_v2() {
                return Err(custom(ConfigError::AlreadyMigrated));
            }
            let config = load(keys, case)?;
            case.signed()?;
            if matches!(case.who, Who::Operator | Who::Stranger) {
                return Err(custom(if names_program_data(case) {
                    ConfigError::WrongUpgradeAuthority
                } else {
                    ConfigError::CannotMigrate
                }));
            }
            match case.form {
                Form::ConfigTwice => return Err(custom(ConfigError::PayerIsConfig)),
                Form::ConfigBehind => return Err(custom(ConfigError::DuplicateConfig)),
                Form::Plain | Form::Other => {}
            }
            let address = keys.config.pubkey();
            let payer = keys.payer(case, keys.signer(case, &keys.authority), address);
            let migrated = config.fields().as_v2();
            ledger.settle(address, migrated, case.lamports_at(V2_LEN), payer);
            Ok(())
        },
    }
}

/// Only the upgrade authority needs it; an account behind the others would be read as it.
fn names_program_data(case: &Case) -> bool {
    case.who == Who::UpgradeAuthority || case.form == Form::ConfigBehind
}

/// The config alone is the batch; `tests/migrate_many` has others. In the other form the signer pays.
/// The config twice: it pays.
pub fn migrate_many() -> Subject {
    Subject {
        target: CONFIG,
        programs: NO_PROGRAMS,
        others: NO_OTHERS,
        build: |keys, case| {
            let config = keys.config.pubkey();
            let signer = keys.signer(case, &keys.upgrade_authority);
            let mut migrate = client_v2::migrate_many(&[config], &signer, u64::MAX);
            migrate.accounts[1].pubkey = keys.payer(case, signer, config);
            migrate
        },
        expect: |keys, case, ledger| {
            case.signed()?;
            if case.who != Who::UpgradeAuthority {
                return Err(custom(ConfigError::WrongUpgradeAuthority));
            }
            if let Err(why @ (Unloadable::Missing | Unloadable::OfAnotherProgram)) = case.load(keys)
            {
                return Err(why.in_app());
            }
            if case.form == Form::ConfigTwice {
                return Err(custom(ConfigError::PayerIsConfig));
            }
            if case.is_v2() {
                return Ok(());
            }
            let config = load(keys, case)?;
            let address = keys.config.pubkey();
            let payer = keys.payer(case, keys.upgrade_authority.pubkey(), address);
            let migrated = config.fields().as_v2();
            ledger.settle(address, migrated, case.lamports_at(V2_LEN), payer);
            Ok(())
        },
    }
}

/// In the other form what release 1 has no field for may be lost. The config twice: it signs and pays.
pub fn rollback() -> Subject {
    Subject {
        target: CONFIG,
        programs: NO_PROGRAMS,
        others: NO_OTHERS,
        build: |keys, case| {
            let config = keys.config.pubkey();
            let signer = match case.form {
                Form::ConfigTwice => config,
                _ => keys.signer(case, &keys.upgrade_authority),
            };
            client_v2::rollback(&config, &signer, case.form == Form::Other)
        },
        expect: |keys, case, ledger| {
            if case.is_v1() {
                return Err(custom(ConfigError::NotMigrated));
            }
            let config = load(keys, case)?;
            case.signed()?;
            if case.who != Who::UpgradeAuthority || case.form == Form::ConfigTwice {
                return Err(custom(ConfigError::WrongUpgradeAuthority));
            }
            if case.form != Form::Other && holds_v2_data(&config) {
                return Err(custom(ConfigError::WouldDiscardV2Data));
            }
            if case.form == Form::ConfigBehind {
                return Err(custom(ConfigError::DuplicateConfig));
            }
            ledger.settle(
                keys.config.pubkey(),
                config.fields().as_v1(),
                case.lamports_at(V1_LEN),
                keys.upgrade_authority.pubkey(),
            );
            Ok(())
        },
    }
}

fn holds_v2_data(config: &Config) -> bool {
    let fields = config.fields();
    fields.revision != 0
        || fields.fee != 0
        || fields.fee_mint != Pubkey::default()
        || !fields.operators.is_empty()
}
