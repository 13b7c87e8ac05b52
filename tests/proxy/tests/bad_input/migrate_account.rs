use {
    crate::layout::{LEN, Source, address, bytes},
    anchor_lang::error::ErrorCode,
    app::error::ConfigError,
    integration::bad_input::{
        Case, Config, DERIVED_CONFIG, Form, Keys, RETIRED, Subject, Unloadable, Who, custom,
    },
    migrator::error::MigratorError,
    proxy::{
        client_migrator,
        releases::{migrator, successor},
    },
    svm_harness::{Account, InstructionError, Pubkey, Signer},
};

/// The limit is what the payer pays; in the other form the signer receives. The config twice: it receives.
/// The config behind: the limit is a lamport too low.
pub fn migrate_account() -> Subject {
    Subject {
        target: DERIVED_CONFIG,
        programs: || vec![migrator(), successor()],
        others: |keys, _| vec![(address(&keys.derived_config), Account::default())],
        build: |keys, case| {
            let signer = keys.signer(case, &keys.authority);
            let (payer, recipient) = (keys.payer.pubkey(), recipient(keys, case, signer));
            let mut migrate = client_migrator::migrate_account_paying(
                &signer,
                &payer,
                &recipient,
                None,
                limit(keys, case),
            );
            migrate.accounts[0].pubkey = keys.derived_config;
            migrate.accounts[1].pubkey = address(&keys.derived_config);
            migrate
        },
        expect: |keys, case, ledger| {
            let config = case.load(keys).map_err(in_migrator)?;
            case.signed()?;
            if case.who != Who::Authority {
                return Err(custom(MigratorError::WrongAuthority));
            }
            if case.form == Form::ConfigTwice {
                return Err(custom(ConfigError::RecipientIsConfig));
            }
            let minimum = case.minimum(RETIRED.len());
            if case.lamports() < minimum {
                return Err(custom(ConfigError::BelowRentExemption));
            }
            if case.form == Form::ConfigBehind {
                return Err(custom(MigratorError::PaymentAboveLimit));
            }
            // A config of the program has 16 at most: those of a wrong count do not fit the heap.
            if config.fields().operators.len() == 255 {
                return Err(InstructionError::ProgramFailedToComplete);
            }
            let data = adopted(keys.derived_config, &config, ledger.slot());
            let (new, payer) = (address(&keys.derived_config), keys.payer.pubkey());
            ledger.account(new).owner = successor::ID;
            let recipient = recipient(keys, case, keys.authority.pubkey());
            ledger.settle(keys.derived_config, RETIRED.to_vec(), minimum, recipient);
            ledger.settle(new, data.clone(), case.minimum(data.len()), payer);
            Ok(())
        },
    }
}

fn recipient(keys: &Keys, case: &Case, signer: Pubkey) -> Pubkey {
    keys.payer(case, signer, keys.derived_config)
}

/// What the new config lacks, or a lamport less.
fn limit(keys: &Keys, case: &Case) -> u64 {
    let Ok(config) = case.load(keys) else {
        return 0;
    };
    let payment = case.minimum(LEN + 32 * config.fields().operators.len());
    match case.form {
        Form::ConfigBehind => payment - 1,
        _ => payment,
    }
}

/// The new config.
fn adopted(predecessor: Pubkey, config: &Config, slot: u64) -> Vec<u8> {
    let version = match config {
        Config::V1(_) => 1,
        Config::V2(_) => 2,
    };
    let source = Source {
        predecessor,
        version,
        slot,
    };
    let fields = config.fields();
    bytes(&source, fields.revision.into(), fields)
}

/// What the migration program answers.
fn in_migrator(why: Unloadable) -> InstructionError {
    match why {
        Unloadable::Missing => custom(ErrorCode::AccountNotInitialized),
        Unloadable::OfAnotherProgram => custom(ErrorCode::AccountOwnedByWrongProgram),
        Unloadable::Uninitialized => custom(MigratorError::Uninitialized),
        Unloadable::Truncated => custom(MigratorError::Truncated),
        Unloadable::Corrupt => custom(MigratorError::Corrupt),
        Unloadable::UnknownVersion => custom(MigratorError::UnknownVersion),
        Unloadable::Retired => custom(MigratorError::AlreadyMigrated),
    }
}
