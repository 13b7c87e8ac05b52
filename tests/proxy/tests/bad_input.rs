//! `migrate_account` on every case of [`integration::bad_input`].

use {
    anchor_lang::error::ErrorCode,
    app::error::ConfigError,
    integration::bad_input::{Alias, Left, Subject, Unloadable, Who, custom, signed},
    migrator::error::MigratorError,
    proxy::{
        client_migrator,
        releases::{migrator, successor},
    },
    successor::state::SuccessorConfig,
    support::client_v1,
    svm_harness::{InstructionError, Signer},
};

/// The recipient takes the place of the payer that other instructions alias.
#[test]
fn migrate_account() {
    Subject {
        derived_address: true,
        build: |keys, case| {
            let signer = keys.signer(case);
            let config = client_v1::config_address(&keys.authority.pubkey());
            let recipient = match case.alias {
                Alias::None => keys.payer.pubkey(),
                Alias::SignerPays => signer,
                Alias::ConfigSigns => config,
            };
            let payer = keys.payer.pubkey();
            let mut migrate =
                client_migrator::migrate_account_to(&signer, &payer, &recipient, None);
            migrate.accounts[0].pubkey = config;
            migrate.accounts[1].pubkey = SuccessorConfig::find_address(&config).0;
            migrate
        },
        expect: |_, case| {
            if let Some(why) = case.unloadable() {
                return Err(in_migrator(why));
            }
            signed(case.who)?;
            if case.who == Who::Stranger {
                return Err(custom(MigratorError::WrongAuthority));
            }
            if case.alias == Alias::ConfigSigns {
                return Err(custom(ConfigError::RecipientIsConfig));
            }
            if case.lamports() < case.minimum(8) {
                return Err(custom(ConfigError::BelowRentExemption));
            }
            Ok(Left {
                data: vec![0xff; 8],
                lamports: case.minimum(8),
            })
        },
    }
    .run_beside(&[migrator(), successor()], |config| {
        Some(SuccessorConfig::find_address(config).0)
    });
}

/// What the migration program answers.
fn in_migrator(why: Unloadable) -> InstructionError {
    match why {
        Unloadable::Missing => custom(ErrorCode::AccountNotInitialized),
        Unloadable::OfAnotherProgram => custom(ErrorCode::AccountOwnedByWrongProgram),
        Unloadable::Uninitialized => custom(MigratorError::Uninitialized),
        Unloadable::Truncated => custom(MigratorError::Truncated),
        Unloadable::UnknownVersion => custom(MigratorError::UnknownVersion),
        Unloadable::Retired => custom(MigratorError::AlreadyMigrated),
    }
}
