//! The exhaustive bad-input matrix over the real `.so`: every case of [`integration::bad_input`] for
//! every instruction that takes an existing config.

use {
    anchor_lang::error::ErrorCode,
    app::{
        error::ConfigError,
        state::{AnyConfig, ConfigV2},
    },
    integration::bad_input::{
        Alias, Case, Keys, Kind, Left, Subject, Unloadable, V1_LEN, V2_LEN, Who, custom, loadable,
        signed,
    },
    support::{bytes::exact_bytes, client_v1, client_v2},
    svm_harness::{InstructionError, Signer},
};

#[test]
fn migrate() {
    Subject {
        derived_address: false,
        build: |keys, case| {
            let signer = keys.signer(case);
            let payer = match case.alias {
                Alias::None => keys.payer.pubkey(),
                Alias::SignerPays => signer,
                Alias::ConfigSigns => keys.config.pubkey(),
            };
            client_v2::migrate(&keys.config.pubkey(), &signer, &payer)
        },
        expect: |keys, case| {
            if case.is_full(Kind::V2) {
                return Err(custom(ConfigError::AlreadyMigrated));
            }
            loadable(case)?;
            signed(case.who)?;
            if case.who == Who::Stranger {
                return Err(custom(ConfigError::CannotMigrate));
            }
            if case.alias == Alias::ConfigSigns {
                return Err(custom(ConfigError::PayerIsConfig));
            }
            Ok(Left {
                data: exact_bytes(&AnyConfig::V2(keys.v2())),
                lamports: case.lamports().max(case.minimum(V2_LEN)),
            })
        },
    }
    .run();
}

/// The config alone is the batch; `tests/migrate_many` has others.
#[test]
fn migrate_many() {
    Subject {
        derived_address: false,
        build: |keys, case| {
            let signer = match case.who {
                Who::Stranger => keys.stranger.pubkey(),
                Who::Authority | Who::Nobody => keys.upgrade_authority.pubkey(),
            };
            let config = keys.config.pubkey();
            let mut migrate = client_v2::migrate_many(&[config], &signer, u64::MAX);
            match case.alias {
                Alias::None => migrate.accounts[1].pubkey = keys.payer.pubkey(),
                Alias::SignerPays => {}
                Alias::ConfigSigns => migrate.accounts[1].pubkey = config,
            }
            migrate
        },
        expect: |keys, case| {
            signed(case.who)?;
            if case.who == Who::Stranger {
                return Err(custom(ConfigError::WrongUpgradeAuthority));
            }
            if matches!(
                case.unloadable(),
                Some(Unloadable::Missing | Unloadable::OfAnotherProgram)
            ) {
                return loadable(case).map(|()| unreachable!("it is unloadable"));
            }
            if case.alias == Alias::ConfigSigns {
                return Err(custom(ConfigError::PayerIsConfig));
            }
            if case.is_full(Kind::V2) {
                return Ok(Left {
                    data: case.data(keys.authority.pubkey()),
                    lamports: case.lamports(),
                });
            }
            loadable(case)?;
            Ok(Left {
                data: exact_bytes(&AnyConfig::V2(keys.v2())),
                lamports: case.lamports().max(case.minimum(V2_LEN)),
            })
        },
    }
    .run();
}

#[test]
fn rollback() {
    Subject {
        derived_address: false,
        build: |keys, case| {
            let signer = match (case.alias, case.who) {
                (Alias::ConfigSigns, _) => keys.config.pubkey(),
                (_, Who::Stranger) => keys.stranger.pubkey(),
                _ => keys.upgrade_authority.pubkey(),
            };
            client_v2::rollback(&keys.config.pubkey(), &signer, false)
        },
        expect: |keys, case| {
            if case.is_full(Kind::V1) {
                return Err(custom(ConfigError::NotMigrated));
            }
            loadable(case)?;
            signed(case.who)?;
            if case.who == Who::Stranger || case.alias == Alias::ConfigSigns {
                return Err(custom(ConfigError::WrongUpgradeAuthority));
            }
            Ok(Left {
                data: exact_bytes(&AnyConfig::V1(keys.v1())),
                lamports: case.lamports().max(case.minimum(V1_LEN)),
            })
        },
    }
    .run();
}

#[test]
fn update() {
    Subject {
        derived_address: true,
        build: |keys, case| {
            let mut update = client_v1::update(&keys.signer(case), 4);
            update.accounts[0].pubkey = client_v1::config_address(&keys.authority.pubkey());
            update
        },
        expect: |keys, case| {
            loadable(case)?;
            signed(case.who)?;
            if case.who == Who::Stranger {
                return Err(custom(ErrorCode::ConstraintSeeds));
            }
            Ok(changed(keys, case, updated))
        },
    }
    .run();
}

#[test]
fn close() {
    Subject {
        derived_address: true,
        build: |keys, case| {
            let mut close = client_v1::close(&keys.signer(case));
            close.accounts[0].pubkey = client_v1::config_address(&keys.authority.pubkey());
            close
        },
        expect: |_, case| {
            loadable(case)?;
            signed(case.who)?;
            if case.who == Who::Stranger {
                return Err(custom(ErrorCode::ConstraintSeeds));
            }
            Ok(Left {
                data: vec![],
                lamports: 0,
            })
        },
    }
    .run();
}

#[test]
fn update_v2() {
    Subject {
        derived_address: false,
        build: |keys, case| {
            client_v2::update_v2(&keys.config.pubkey(), &keys.only_signer(case), 4, Some(0))
        },
        expect: |keys, case| {
            v2_of_authority(case, ConfigError::CannotUpdate)?;
            Ok(changed(keys, case, updated))
        },
    }
    .run();
}

#[test]
fn set_fee() {
    Subject {
        derived_address: false,
        build: |keys, case| {
            let mut set_fee = client_v2::set_fee(&keys.only_signer(case), 5, keys.payer.pubkey());
            set_fee.accounts[0].pubkey = keys.config.pubkey();
            set_fee
        },
        expect: |keys, case| {
            v2_of_authority(case, ConfigError::WrongAuthority)?;
            let fee_mint = keys.payer.pubkey();
            Ok(changed(keys, case, |config| {
                if let AnyConfig::V2(config) = config {
                    (config.fee, config.fee_mint, config.revision) = (5, fee_mint, 1);
                }
            }))
        },
    }
    .run();
}

#[test]
fn set_operators() {
    const NEW_LEN: usize = V2_LEN + 32;
    Subject {
        derived_address: false,
        build: |keys, case| {
            let operators = vec![keys.payer.pubkey()];
            let mut set_operators = client_v2::set_operators(&keys.only_signer(case), operators);
            set_operators.accounts[0].pubkey = keys.config.pubkey();
            set_operators
        },
        expect: |keys, case| {
            loadable(case)?;
            signed(case.who)?;
            if case.kind == Kind::V1 {
                return Err(custom(ConfigError::NotMigrated));
            }
            if case.len > NEW_LEN && case.lamports() < case.minimum(NEW_LEN) {
                return Err(custom(ConfigError::BelowRentExemption));
            }
            if case.alias == Alias::ConfigSigns && case.len != NEW_LEN {
                return Err(InstructionError::InvalidArgument);
            }
            if case.who == Who::Stranger || case.alias == Alias::ConfigSigns {
                return Err(custom(ConfigError::WrongAuthority));
            }
            let config = ConfigV2 {
                operators: vec![keys.payer.pubkey()],
                ..keys.v2()
            };
            let minimum = case.minimum(NEW_LEN);
            Ok(Left {
                data: exact_bytes(&AnyConfig::V2(config)),
                lamports: match case.len {
                    shorter if shorter < NEW_LEN => case.lamports().max(minimum),
                    NEW_LEN => case.lamports(),
                    _ => minimum,
                },
            })
        },
    }
    .run();
}

/// What instructions on a ConfigV2 ask of the config and their only signer.
fn v2_of_authority(case: &Case, wrong_signer: ConfigError) -> Result<(), InstructionError> {
    loadable(case)?;
    signed(case.who)?;
    if case.kind == Kind::V1 {
        return Err(custom(ConfigError::NotMigrated));
    }
    if case.who == Who::Stranger || case.alias == Alias::ConfigSigns {
        return Err(custom(wrong_signer));
    }
    Ok(())
}

/// What an update to 4 makes of a config.
fn updated(config: &mut AnyConfig) {
    match config {
        AnyConfig::V1(config) => config.value = 4,
        AnyConfig::V2(config) => (config.value, config.revision) = (4, 1),
    }
}

/// The config with a field changed; its length, its stray bytes and its lamports stay.
fn changed(keys: &Keys, case: &Case, change: impl FnOnce(&mut AnyConfig)) -> Left {
    let mut config = match case.kind {
        Kind::V1 => AnyConfig::V1(keys.v1()),
        _ => AnyConfig::V2(keys.v2()),
    };
    change(&mut config);
    let mut data = case.data(keys.authority.pubkey());
    let fields = exact_bytes(&config);
    data[..fields.len()].copy_from_slice(&fields);
    Left {
        data,
        lamports: case.lamports(),
    }
}
