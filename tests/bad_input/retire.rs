//! `retire`, the migration program's signature given.

use {
    crate::load,
    anchor_lang::error::ErrorCode,
    app::error::ConfigError,
    integration::{
        bad_input::{CONFIG, Form, NO_OTHERS, Owner, RETIRED, Subject, Who, custom},
        relay::{hostile_migrator, signed_as_migrator},
    },
    support::client_v2,
    svm_harness::Signer,
};

/// In the other form the signer receives. The config twice: it receives.
pub fn retire() -> Subject {
    Subject {
        target: CONFIG,
        programs: || vec![hostile_migrator()],
        others: NO_OTHERS,
        build: |keys, case| {
            let config = keys.config.pubkey();
            let signer = keys.signer(case, &keys.authority);
            let recipient = keys.payer(case, signer, config);
            signed_as_migrator(client_v2::retire(&config, &signer, &recipient))
        },
        expect: |keys, case, ledger| {
            case.signed()?;
            if case.owner != Owner::Right || case.lamports() == 0 {
                return Err(custom(ErrorCode::ConstraintOwner));
            }
            load(keys, case)?;
            if case.who != Who::Authority {
                return Err(custom(ConfigError::WrongAuthority));
            }
            match case.form {
                Form::ConfigTwice => return Err(custom(ConfigError::RecipientIsConfig)),
                Form::ConfigBehind => return Err(custom(ConfigError::DuplicateConfig)),
                Form::Plain | Form::Other => {}
            }
            let minimum = case.minimum(RETIRED.len());
            if case.lamports() < minimum {
                return Err(custom(ConfigError::BelowRentExemption));
            }
            let config = keys.config.pubkey();
            let recipient = keys.payer(case, keys.authority.pubkey(), config);
            ledger.settle(config, RETIRED.to_vec(), minimum, recipient);
            Ok(())
        },
    }
}
