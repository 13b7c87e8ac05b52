//! The exhaustive bad-input matrix over the real `.so`: every combination of
//! [`integration::bad_input`] for every instruction that takes an existing config. Each is either
//! refused with exactly the expected error, every account left as it was, or leaves exactly the
//! expected bytes and lamports.

use {
    anchor_lang::{error::ErrorCode, prelude::AccountMeta},
    app::{
        error::ConfigError,
        state::{AnyConfig, ConfigV1, ConfigV2},
    },
    integration::{
        bad_input::{
            Alias, Case, Kind, Unloadable, V1_LEN, V2_LEN, Who, anchor, cases, migrators, own,
        },
        proxy,
        rejection::snapshot,
        scene::{account, exact_bytes},
    },
    migrator::error::MigratorError,
    successor::state::SuccessorConfig,
    svm_harness::{
        Account, Backend, Instruction, InstructionError, Keypair, Pubkey, Signer, Svm,
        TransactionError, block_on,
    },
    testkit::{client_migrator, client_v1, client_v2, key::key, release::release_2},
};

const RENTS: [u64; 2] = [6_960, 696];
/// Cases per instruction: owners × discriminators × lengths × signers × aliases × lamports × rents.
const CASES: usize = 4 * 6 * 15 * 3 * 3 * 4 * 2;

/// What a config's account becomes.
struct Left {
    data: Vec<u8>,
    lamports: u64,
}

/// One instruction under test.
struct Subject {
    /// Whether the config must lie at the address derived from its authority, where nothing signs.
    derived_address: bool,
    build: fn(&Keys, &Case) -> Instruction,
    expect: fn(&Keys, &Case) -> Result<Left, InstructionError>,
}

struct Keys {
    authority: Keypair,
    stranger: Keypair,
    payer: Keypair,
    upgrade_authority: Keypair,
    config: Keypair,
}

impl Keys {
    /// The account in the signer's place.
    fn signer(&self, case: &Case) -> Pubkey {
        match case.who {
            Who::Authority | Who::Nobody => self.authority.pubkey(),
            Who::Stranger => self.stranger.pubkey(),
        }
    }

    /// The account in the place of an instruction's only signer.
    fn only_signer(&self, case: &Case) -> Pubkey {
        match case.alias {
            Alias::ConfigSigns => self.config.pubkey(),
            Alias::None | Alias::SignerPays => self.signer(case),
        }
    }

    fn v1(&self) -> ConfigV1 {
        ConfigV1 {
            authority: self.authority.pubkey(),
            value: 3,
        }
    }

    fn v2(&self) -> ConfigV2 {
        ConfigV2 {
            authority: self.authority.pubkey(),
            value: 3,
            revision: 0,
            fee: 0,
            fee_mint: Pubkey::default(),
            operators: vec![],
        }
    }
}

#[test]
fn migrate() {
    run(Subject {
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
                return Err(own(ConfigError::AlreadyMigrated));
            }
            loadable(case)?;
            signed(case.who)?;
            if case.who == Who::Stranger {
                return Err(own(ConfigError::CannotMigrate));
            }
            if case.alias == Alias::ConfigSigns {
                return Err(own(ConfigError::PayerIsConfig));
            }
            Ok(Left {
                data: exact_bytes(&AnyConfig::V2(keys.v2())),
                lamports: case.lamports().max(case.minimum(V2_LEN)),
            })
        },
    });
}

/// The config alone is the batch; `tests/migrate_many` has others.
#[test]
fn migrate_many() {
    run(Subject {
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
                return Err(own(ConfigError::WrongUpgradeAuthority));
            }
            if matches!(
                case.unloadable(),
                Some(Unloadable::Missing | Unloadable::OfAnotherProgram)
            ) {
                return loadable(case).map(|()| unreachable!("it is unloadable"));
            }
            if case.alias == Alias::ConfigSigns {
                return Err(own(ConfigError::PayerIsConfig));
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
    });
}

#[test]
fn rollback() {
    run(Subject {
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
                return Err(own(ConfigError::NotMigrated));
            }
            loadable(case)?;
            signed(case.who)?;
            if case.who == Who::Stranger || case.alias == Alias::ConfigSigns {
                return Err(own(ConfigError::WrongUpgradeAuthority));
            }
            Ok(Left {
                data: exact_bytes(&AnyConfig::V1(keys.v1())),
                lamports: case.lamports().max(case.minimum(V1_LEN)),
            })
        },
    });
}

#[test]
fn update() {
    run(Subject {
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
                return Err(anchor(ErrorCode::ConstraintSeeds));
            }
            Ok(changed(keys, case, updated))
        },
    });
}

#[test]
fn close() {
    run(Subject {
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
                return Err(anchor(ErrorCode::ConstraintSeeds));
            }
            Ok(Left {
                data: vec![],
                lamports: 0,
            })
        },
    });
}

#[test]
fn update_v2() {
    run(Subject {
        derived_address: false,
        build: |keys, case| {
            client_v2::update_v2(&keys.config.pubkey(), &keys.only_signer(case), 4, Some(0))
        },
        expect: |keys, case| {
            v2_of_authority(case, ConfigError::CannotUpdate)?;
            Ok(changed(keys, case, updated))
        },
    });
}

#[test]
fn set_fee() {
    run(Subject {
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
    });
}

#[test]
fn set_operators() {
    const NEW_LEN: usize = V2_LEN + 32;
    run(Subject {
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
                return Err(own(ConfigError::NotMigrated));
            }
            if case.len > NEW_LEN && case.lamports() < case.minimum(NEW_LEN) {
                return Err(own(ConfigError::BelowRentExemption));
            }
            if case.alias == Alias::ConfigSigns && case.len != NEW_LEN {
                return Err(InstructionError::InvalidArgument);
            }
            if case.who == Who::Stranger || case.alias == Alias::ConfigSigns {
                return Err(own(ConfigError::WrongAuthority));
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
    });
}

/// `migrate_account`: the recipient takes the place of the payer that other instructions alias.
#[test]
fn migrate_account() {
    run(Subject {
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
                return Err(why.in_migrator());
            }
            signed(case.who)?;
            if case.who == Who::Stranger {
                return Err(migrators(MigratorError::WrongAuthority));
            }
            if case.alias == Alias::ConfigSigns {
                return Err(own(ConfigError::RecipientIsConfig));
            }
            if case.lamports() < case.minimum(8) {
                return Err(own(ConfigError::BelowRentExemption));
            }
            Ok(Left {
                data: vec![0xff; 8],
                lamports: case.minimum(8),
            })
        },
    });
}

fn loadable(case: &Case) -> Result<(), InstructionError> {
    case.unloadable().map_or(Ok(()), |why| Err(why.in_app()))
}

fn signed(who: Who) -> Result<(), InstructionError> {
    match who {
        Who::Nobody => Err(anchor(ErrorCode::AccountNotSigner)),
        Who::Authority | Who::Stranger => Ok(()),
    }
}

/// What instructions on a ConfigV2 ask of the config and their only signer.
fn v2_of_authority(case: &Case, wrong_signer: ConfigError) -> Result<(), InstructionError> {
    loadable(case)?;
    signed(case.who)?;
    if case.kind == Kind::V1 {
        return Err(own(ConfigError::NotMigrated));
    }
    if case.who == Who::Stranger || case.alias == Alias::ConfigSigns {
        return Err(own(wrong_signer));
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

fn run(subject: Subject) {
    block_on(async {
        let mut count = 0;
        let mut accepted = 0;
        for rate in RENTS {
            let mut svm = Svm::start_with_rent(Backend::Loader, &release_2(), rate).await;
            proxy::deploy(&mut svm).await;
            let keys = Keys {
                authority: key("authority"),
                stranger: key("stranger"),
                payer: key("payer"),
                upgrade_authority: svm.upgrade_authority().insecure_clone(),
                config: key("config"),
            };
            for case in cases(rate) {
                accepted += usize::from(check(&mut svm, &keys, &subject, &case).await);
                count += 1;
            }
        }
        assert_eq!(count, CASES);
        assert!(
            accepted > 0,
            "no case is accepted: the matrix shows nothing"
        );
        println!("{count} cases, {accepted} of them accepted");
    });
}

/// Runs one case; returns whether the instruction was accepted.
async fn check(svm: &mut Svm, keys: &Keys, subject: &Subject, case: &Case) -> bool {
    let address = if subject.derived_address {
        client_v1::config_address(&keys.authority.pubkey())
    } else {
        keys.config.pubkey()
    };
    for signer in [
        &keys.authority,
        &keys.stranger,
        &keys.payer,
        &keys.upgrade_authority,
    ] {
        let account = Account {
            lamports: 1_000_000_000,
            ..Account::default()
        };
        svm.set_account(signer.pubkey(), account).await;
    }
    let account = account(
        case.owner,
        case.data(keys.authority.pubkey()),
        case.lamports(),
    );
    svm.set_account(address, account).await;
    let successor = SuccessorConfig::find_address(&address).0;
    svm.set_account(successor, Account::default()).await;

    let mut instruction = (subject.build)(keys, case);
    if case.who == Who::Nobody {
        let signs = |meta: &&AccountMeta| meta.is_signer;
        let signer = instruction
            .accounts
            .iter()
            .find(signs)
            .map(|meta| meta.pubkey);
        for meta in &mut instruction.accounts {
            meta.is_signer &= Some(meta.pubkey) != signer;
        }
    }
    let signers: Vec<&Keypair> = [
        &keys.authority,
        &keys.stranger,
        &keys.payer,
        &keys.upgrade_authority,
        &keys.config,
    ]
    .into_iter()
    .filter(|key| {
        let named = |meta: &AccountMeta| meta.is_signer && meta.pubkey == key.pubkey();
        instruction.accounts.iter().any(named)
    })
    .collect();

    let instructions = [instruction];
    let before = snapshot(svm, &instructions).await;
    let outcome = svm.send(&instructions, &signers).await;
    let after = snapshot(svm, &instructions).await;
    let lamports = |accounts: &[(Pubkey, Option<Account>)]| -> u64 {
        accounts
            .iter()
            .flat_map(|(_, account)| account)
            .map(|account| account.lamports)
            .sum()
    };
    assert_eq!(lamports(&before), lamports(&after), "{case:?}");

    match (subject.expect)(keys, case) {
        Err(error) => {
            let expected = Err(TransactionError::InstructionError(0, error));
            assert_eq!(outcome.result, expected, "{case:?}");
            assert_eq!(before, after, "{case:?}: refused, but an account changed");
            false
        }
        Ok(left) => {
            assert_eq!(
                outcome.result,
                Ok(()),
                "{case:?}\n{}",
                outcome.logs.join("\n")
            );
            let account = svm.account(address).await.unwrap_or_default();
            assert_eq!(account.data, left.data, "{case:?}");
            assert_eq!(account.lamports, left.lamports, "{case:?}");
            true
        }
    }
}
