use {
    crate::layout::{LEN, SUCCESSOR_CONFIG, config},
    anchor_lang::error::ErrorCode,
    integration::bad_input::{Case, Form, Holds, Kind, NO_OTHERS, Owner, Subject, Who, custom},
    proxy::{client_successor, releases::successor},
    successor::error::SuccessorError,
    svm_harness::{InstructionError, Signer},
};

/// Sets 4; in the other form the largest value. The config twice: it signs.
pub fn update() -> Subject {
    Subject {
        target: SUCCESSOR_CONFIG,
        programs: || vec![successor()],
        others: NO_OTHERS,
        build: |keys, case| {
            let config = keys.config.pubkey();
            let signer = keys.authority_or_config(case);
            let mut update = client_successor::update(&config, &signer, value(case));
            update.accounts[0].pubkey = config;
            update
        },
        expect: |keys, case, ledger| {
            let holds = load(case)?;
            case.signed()?;
            if case.who != Who::Authority || case.form == Form::ConfigTwice {
                return Err(custom(SuccessorError::WrongAuthority));
            }
            let config = config(holds, keys, value(case), 1);
            let fields = config.len().min(case.len);
            let account = ledger.account(keys.config.pubkey());
            account.data[..fields].copy_from_slice(&config[..fields]);
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

/// What the config holds, or what Anchor answers.
fn load(case: &Case) -> Result<Holds, InstructionError> {
    if case.lamports() == 0 {
        return Err(custom(ErrorCode::AccountNotInitialized));
    }
    if case.owner != Owner::Right {
        return Err(custom(ErrorCode::AccountOwnedByWrongProgram));
    }
    if case.len < 8 {
        return Err(custom(ErrorCode::AccountDiscriminatorNotFound));
    }
    let Kind::V2(holds) = case.kind else {
        return Err(custom(ErrorCode::AccountDiscriminatorMismatch));
    };
    if case.len < LEN + 32 * holds.count() {
        return Err(custom(ErrorCode::AccountDidNotDeserialize));
    }
    Ok(holds)
}
