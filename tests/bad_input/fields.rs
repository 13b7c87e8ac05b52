//! The instructions that set fields of a config in the layout of release 2.

use {
    crate::{load, tokens},
    app::error::ConfigError,
    integration::bad_input::{
        CONFIG, Case, Config, FEE, Fields, Form, Holds, Keys, Kind, NO_OTHERS, NO_PROGRAMS,
        Subject, V2_LEN, Who, custom,
    },
    support::client_v2,
    svm_harness::{Instruction, InstructionError, Pubkey, Signer},
};

/// The accounts of the fee and their limit are passed where there is one; in the other form they are not,
/// and no revision is expected. The config twice: it signs. The config behind: the limit is too low.
pub fn update_v2() -> Subject {
    Subject {
        target: CONFIG,
        programs: NO_PROGRAMS,
        others: |keys, case| tokens::accounts(keys, case, keys.authority_or_config(case)),
        build: |keys, case| {
            let (config, signer) = (keys.config.pubkey(), keys.authority_or_config(case));
            if case.form == Form::Other {
                return client_v2::update_v2(&config, &signer, 4, None);
            }
            let revision = Some(holds(case).fields(keys).revision);
            match holds(case) {
                Holds::Fee | Holds::OperatorsAndFee => client_v2::update_v2_with(
                    &config,
                    &signer,
                    4,
                    revision,
                    max_fee(case),
                    Some(tokens::fee_accounts(keys)),
                ),
                _ => client_v2::update_v2_with(&config, &signer, 4, revision, 0, None),
            }
        },
        expect: |keys, case, ledger| {
            let mut fields = v2(keys, case)?;
            let signer = keys.authority_or_config(case);
            if fields.authority != signer && !fields.operators.contains(&signer) {
                return Err(custom(ConfigError::CannotUpdate));
            }
            if fields.fee > 0 && case.form == Form::Other {
                return Err(custom(ConfigError::FeeAccountsMissing));
            }
            if fields.fee > max_fee(case) {
                return Err(custom(ConfigError::FeeAboveLimit));
            }
            tokens::pay(ledger, fields.fee);
            fields.value = 4;
            fields.revision = fields.revision.wrapping_add(1);
            let data = fields.as_v2();
            ledger.account(keys.config.pubkey()).data[..data.len()].copy_from_slice(&data);
            Ok(())
        },
    }
}

/// The fee of a config that has one, or less.
fn max_fee(case: &Case) -> u64 {
    match case.form {
        Form::ConfigBehind => FEE - 1,
        _ => FEE,
    }
}

/// In the other form there is no fee any more. The config twice: it signs.
pub fn set_fee() -> Subject {
    Subject {
        target: CONFIG,
        programs: NO_PROGRAMS,
        others: NO_OTHERS,
        build: |keys, case| {
            let (fee, mint) = new_fee(keys, case);
            let set_fee = client_v2::set_fee(&keys.authority_or_config(case), fee, mint);
            on_config(keys, set_fee)
        },
        expect: |keys, case, ledger| {
            let mut fields = v2(keys, case)?;
            of_authority(case)?;
            (fields.fee, fields.fee_mint) = new_fee(keys, case);
            fields.revision = fields.revision.wrapping_add(1);
            let data = fields.as_v2();
            ledger.account(keys.config.pubkey()).data[..data.len()].copy_from_slice(&data);
            Ok(())
        },
    }
}

fn new_fee(keys: &Keys, case: &Case) -> (u64, Pubkey) {
    match case.form {
        Form::Other => (0, Pubkey::default()),
        _ => (9, keys.payer.pubkey()),
    }
}

/// One operator; in the other form none any more. The config twice: it signs.
pub fn set_operators() -> Subject {
    Subject {
        target: CONFIG,
        programs: NO_PROGRAMS,
        others: NO_OTHERS,
        build: |keys, case| {
            let signer = keys.authority_or_config(case);
            let set_operators = client_v2::set_operators(&signer, new_operators(keys, case));
            on_config(keys, set_operators)
        },
        expect: |keys, case, ledger| {
            let fields = v2(keys, case)?;
            of_authority(case)?;
            let operators = new_operators(keys, case);
            let len = V2_LEN + 32 * operators.len();
            if case.len > len && case.lamports() < case.minimum(len) {
                return Err(custom(ConfigError::BelowRentExemption));
            }
            let lamports = match case.len {
                longer if longer > len => case.minimum(len),
                same if same == len => case.lamports(),
                _ => case.lamports_at(len),
            };
            let fields = Fields {
                operators,
                ..fields
            };
            let authority = keys.authority.pubkey();
            ledger.settle(keys.config.pubkey(), fields.as_v2(), lamports, authority);
            Ok(())
        },
    }
}

fn new_operators(keys: &Keys, case: &Case) -> Vec<Pubkey> {
    match case.form {
        Form::Other => vec![],
        _ => vec![keys.payer.pubkey()],
    }
}

/// The instruction on the config at the address of a key.
fn on_config(keys: &Keys, mut instruction: Instruction) -> Instruction {
    instruction.accounts[0].pubkey = keys.config.pubkey();
    instruction
}

fn holds(case: &Case) -> Holds {
    match case.kind {
        Kind::V2(holds) => holds,
        _ => Holds::Nothing,
    }
}

/// What a config in the layout of release 2 holds, when anybody signs.
fn v2(keys: &Keys, case: &Case) -> Result<Fields, InstructionError> {
    let config = load(keys, case)?;
    case.signed()?;
    match config {
        Config::V1(_) => Err(custom(ConfigError::NotMigrated)),
        Config::V2(fields) => Ok(fields),
    }
}

fn of_authority(case: &Case) -> Result<(), InstructionError> {
    if case.who == Who::Authority && case.form != Form::ConfigTwice {
        Ok(())
    } else {
        Err(custom(ConfigError::WrongAuthority))
    }
}
