//! `adopt`, the migration program's signature given: the config that it takes over, and what lies at
//! the address of the new one.

use {
    crate::layout::{LEN, SUCCESSOR_CONFIG, Source, address, bytes},
    anchor_lang::error::ErrorCode,
    integration::{
        bad_input::{
            CONFIG, Case, Fields, Form, Holds, Keys, Kind, Ledger, Owner, RETIRED, Subject, Target,
            custom,
        },
        relay::{hostile_migrator, signed_as_migrator},
        scene::account,
    },
    proxy::{client_successor, releases::successor},
    successor::{error::SuccessorError, instructions::AdoptArgs, state::Fee},
    svm_harness::{Account, Instruction, InstructionError, Program, Pubkey, Signer},
};

/// The System program's error for an address that something is at.
const ACCOUNT_ALREADY_IN_USE: u32 = 0;

const REVISION: u64 = 7;

/// Any signer becomes the authority: the migration program says who it is. In the other form the signer
/// pays. The config twice: it signs as the authority.
pub fn adopt() -> Subject {
    Subject {
        target: CONFIG,
        programs,
        others: |keys, _| vec![(new_address(keys), Account::default())],
        build: |keys, case| {
            signed_as_migrator(adopt_by(keys, case, keys.authority_or_config(case)))
        },
        expect: |keys, case, ledger| {
            case.signed()?;
            let is_config = case.owner == Owner::Right && case.lamports() > 0;
            if !is_config || case.kind != Kind::Retired || case.len != RETIRED.len() {
                return Err(custom(SuccessorError::NotRetired));
            }
            let lamports = case.minimum(LEN + 16 * 32);
            adopted(keys, case, ledger, keys.authority_or_config(case), lamports);
            Ok(())
        },
    }
}

/// In the other form the signer pays. The config twice: it is its own predecessor.
pub fn adopt_at_an_address() -> Subject {
    Subject {
        target: Target {
            address: new_address,
            ..SUCCESSOR_CONFIG
        },
        programs,
        others: |keys, case| {
            let lamports = case.minimum(RETIRED.len());
            let retired = account(app::ID, RETIRED.to_vec(), lamports);
            vec![(keys.config.pubkey(), retired)]
        },
        build: |keys, case| {
            let mut adopt = adopt_by(keys, case, keys.signer(case, &keys.authority));
            if case.form == Form::ConfigTwice {
                adopt.accounts[1].pubkey = new_address(keys);
            }
            signed_as_migrator(adopt)
        },
        expect: |keys, case, ledger| {
            case.signed()?;
            if case.form == Form::ConfigTwice {
                return Err(custom(ErrorCode::ConstraintSeeds));
            }
            let is_free = case.owner == Owner::System && case.len == 0;
            if case.lamports() > 0 && !is_free {
                return Err(InstructionError::Custom(ACCOUNT_ALREADY_IN_USE));
            }
            let signer = keys.signer(case, &keys.authority);
            let lamports = case.lamports_at(LEN + 16 * 32);
            adopted(keys, case, ledger, signer, lamports);
            Ok(())
        },
    }
}

fn programs() -> Vec<Program> {
    vec![successor(), hostile_migrator()]
}

fn new_address(keys: &Keys) -> Pubkey {
    address(&keys.config.pubkey())
}

/// What the config is said to have held.
fn held(keys: &Keys) -> Fields {
    Holds::OperatorsAndFee.fields(keys)
}

fn payer(keys: &Keys, case: &Case) -> Pubkey {
    match case.form {
        Form::Other => keys.signer(case, &keys.authority),
        _ => keys.payer.pubkey(),
    }
}

fn adopt_by(keys: &Keys, case: &Case, authority: Pubkey) -> Instruction {
    let held = held(keys);
    let args = AdoptArgs {
        version: 2,
        value: held.value,
        revision: REVISION,
        fee: Fee {
            mint: held.fee_mint,
            amount: held.fee,
        },
        operators: held.operators,
    };
    let payer = payer(keys, case);
    client_successor::adopt(&keys.config.pubkey(), &authority, &payer, args)
}

/// The new config is there, with these lamports.
fn adopted(keys: &Keys, case: &Case, ledger: &mut Ledger, authority: Pubkey, lamports: u64) {
    let source = Source {
        predecessor: keys.config.pubkey(),
        version: 2,
        slot: ledger.slot(),
    };
    let fields = Fields {
        authority,
        ..held(keys)
    };
    let data = bytes(&source, REVISION, &fields);
    ledger.account(new_address(keys)).owner = successor::ID;
    ledger.settle(new_address(keys), data, lamports, payer(keys, case));
}
