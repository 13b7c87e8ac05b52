//! One instruction, executed on every case.

use {
    super::case::{Alias, Case, Who, cases, custom},
    crate::{rejection::snapshot, scene::account},
    anchor_lang::{error::ErrorCode, prelude::AccountMeta},
    app::state::{ConfigV1, ConfigV2},
    support::{client_v1, key::key, releases::newest},
    svm_harness::{
        Account, Backend, Instruction, InstructionError, Keypair, Program, Pubkey, Signer, Svm,
        TransactionError, block_on,
    },
};

const RENTS: [u64; 2] = [6_960, 696];
/// Cases per instruction: owners × discriminators × lengths × signers × aliases × lamports × rents.
const CASES: usize = 4 * 6 * 15 * 3 * 3 * 4 * 2;

/// What a config's account becomes.
pub struct Left {
    pub data: Vec<u8>,
    pub lamports: u64,
}

/// One instruction under test.
pub struct Subject {
    /// Whether the config must lie at the address derived from its authority, where nothing signs.
    pub derived_address: bool,
    pub build: fn(&Keys, &Case) -> Instruction,
    pub expect: fn(&Keys, &Case) -> Result<Left, InstructionError>,
}

pub struct Keys {
    pub authority: Keypair,
    pub stranger: Keypair,
    pub payer: Keypair,
    pub upgrade_authority: Keypair,
    pub config: Keypair,
}

impl Subject {
    /// Executes the instruction on every case.
    ///
    /// # Panics
    /// At the first case that ends in another way than expected.
    pub fn run(&self) {
        self.run_beside(&[], |_| None);
    }

    /// [`run`](Self::run) with further programs, for an instruction that makes an account: its address
    /// is a function of the config's.
    ///
    /// # Panics
    /// As [`run`](Self::run) does.
    pub fn run_beside(&self, programs: &[Program], made: fn(&Pubkey) -> Option<Pubkey>) {
        block_on(async {
            let mut count = 0;
            let mut accepted = 0;
            for rate in RENTS {
                let mut svm = Svm::start_with_rent(Backend::Loader, &newest(), rate).await;
                for program in programs {
                    svm.deploy(program).await;
                }
                let keys = Keys {
                    authority: key("authority"),
                    stranger: key("stranger"),
                    payer: key("payer"),
                    upgrade_authority: svm.upgrade_authority().insecure_clone(),
                    config: key("config"),
                };
                for case in cases(rate) {
                    if let Some(made) = made(&self.address(&keys)) {
                        svm.set_account(made, Account::default()).await;
                    }
                    accepted += usize::from(self.check(&mut svm, &keys, &case).await);
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

    /// Where the config lies.
    fn address(&self, keys: &Keys) -> Pubkey {
        if self.derived_address {
            client_v1::config_address(&keys.authority.pubkey())
        } else {
            keys.config.pubkey()
        }
    }

    /// The instruction, without its signature when nobody signs.
    fn instruction(&self, keys: &Keys, case: &Case) -> Instruction {
        let mut instruction = (self.build)(keys, case);
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
        instruction
    }

    /// Executes one case; returns whether the instruction was accepted.
    async fn check(&self, svm: &mut Svm, keys: &Keys, case: &Case) -> bool {
        let address = self.address(keys);
        keys.fund(svm).await;
        let data = case.data(keys.authority.pubkey());
        let config = account(case.owner, data, case.lamports());
        svm.set_account(address, config).await;

        let instructions = [self.instruction(keys, case)];
        let before = snapshot(svm, &instructions).await;
        let outcome = svm
            .send(&instructions, &keys.signers(&instructions[0]))
            .await;
        let after = snapshot(svm, &instructions).await;
        assert_eq!(lamports(&before), lamports(&after), "{case:?}");

        match (self.expect)(keys, case) {
            Err(error) => {
                let expected = Err(TransactionError::InstructionError(0, error));
                assert_eq!(outcome.result, expected, "{case:?}");
                assert_eq!(before, after, "{case:?}: rejected, but an account changed");
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
}

impl Keys {
    /// The account in the signer's place.
    pub fn signer(&self, case: &Case) -> Pubkey {
        match case.who {
            Who::Authority | Who::Nobody => self.authority.pubkey(),
            Who::Stranger => self.stranger.pubkey(),
        }
    }

    /// The account in the place of an instruction's only signer.
    pub fn only_signer(&self, case: &Case) -> Pubkey {
        match case.alias {
            Alias::ConfigSigns => self.config.pubkey(),
            Alias::None | Alias::SignerPays => self.signer(case),
        }
    }

    pub fn v1(&self) -> ConfigV1 {
        ConfigV1 {
            authority: self.authority.pubkey(),
            value: 3,
        }
    }

    pub fn v2(&self) -> ConfigV2 {
        ConfigV2 {
            authority: self.authority.pubkey(),
            value: 3,
            revision: 0,
            fee: 0,
            fee_mint: Pubkey::default(),
            operators: vec![],
        }
    }

    /// Gives everybody who may sign the same lamports, and takes what an earlier case left.
    async fn fund(&self, svm: &mut Svm) {
        for signer in [
            &self.authority,
            &self.stranger,
            &self.payer,
            &self.upgrade_authority,
        ] {
            let account = Account {
                lamports: 1_000_000_000,
                ..Account::default()
            };
            svm.set_account(signer.pubkey(), account).await;
        }
    }

    /// The keys that the instruction asks to sign.
    fn signers(&self, instruction: &Instruction) -> Vec<&Keypair> {
        [
            &self.authority,
            &self.stranger,
            &self.payer,
            &self.upgrade_authority,
            &self.config,
        ]
        .into_iter()
        .filter(|key| {
            let named = |meta: &AccountMeta| meta.is_signer && meta.pubkey == key.pubkey();
            instruction.accounts.iter().any(named)
        })
        .collect()
    }
}

/// The lamports of all these accounts.
fn lamports(accounts: &[(Pubkey, Option<Account>)]) -> u64 {
    accounts
        .iter()
        .flat_map(|(_, account)| account)
        .map(|account| account.lamports)
        .sum()
}

/// The error of an account that is no config.
pub fn loadable(case: &Case) -> Result<(), InstructionError> {
    case.unloadable().map_or(Ok(()), |why| Err(why.in_app()))
}

/// The error of a signer that did not sign.
pub fn signed(who: Who) -> Result<(), InstructionError> {
    match who {
        Who::Nobody => Err(custom(ErrorCode::AccountNotSigner)),
        Who::Authority | Who::Stranger => Ok(()),
    }
}
