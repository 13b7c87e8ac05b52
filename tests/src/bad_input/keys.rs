use {
    super::case::{Case, Form, Who},
    anchor_lang::prelude::AccountMeta,
    support::{client_v1, key::key},
    svm_harness::{Account, Instruction, Keypair, Pubkey, Signer, Svm},
};

/// The most operators that a config can have.
const MAX_OPERATORS: usize = 16;

/// Lamports of everybody who may sign.
const FUNDS: u64 = 1_000_000_000;

/// Who may sign, and what instructions name besides.
pub struct Keys {
    pub authority: Keypair,
    pub operator: Keypair,
    pub upgrade_authority: Keypair,
    pub stranger: Keypair,
    pub payer: Keypair,
    /// An address at which an account can sign.
    pub config: Keypair,
    /// The address derived from the authority's.
    pub derived_config: Pubkey,
    pub fee_mint: Pubkey,
    /// As many as a config can have, the one that signs first.
    pub operators: [Pubkey; MAX_OPERATORS],
}

impl Keys {
    pub fn new(svm: &Svm) -> Self {
        let authority = key("authority");
        let operator = key("operator 0");
        Self {
            derived_config: client_v1::config_address(&authority.pubkey()),
            operators: std::array::from_fn(|i| key(&format!("operator {i}")).pubkey()),
            authority,
            operator,
            upgrade_authority: svm.upgrade_authority().insecure_clone(),
            stranger: key("stranger"),
            payer: key("payer"),
            config: key("config"),
            fee_mint: key("fee mint").pubkey(),
        }
    }

    /// The account in the place of a signer that should be `right`.
    pub fn signer(&self, case: &Case, right: &Keypair) -> Pubkey {
        match case.who {
            Who::Nobody => right.pubkey(),
            Who::Authority => self.authority.pubkey(),
            Who::Operator => self.operator.pubkey(),
            Who::UpgradeAuthority => self.upgrade_authority.pubkey(),
            Who::Stranger => self.stranger.pubkey(),
        }
    }

    /// [`signer`](Self::signer) where the authority should sign and the config itself may stand.
    pub fn authority_or_config(&self, case: &Case) -> Pubkey {
        match case.form {
            Form::ConfigTwice => self.config.pubkey(),
            _ => self.signer(case, &self.authority),
        }
    }

    /// The payer or recipient: in [`Form::Other`] the signer is it as well.
    pub fn payer(&self, case: &Case, signer: Pubkey, config: Pubkey) -> Pubkey {
        match case.form {
            Form::Plain | Form::ConfigBehind => self.payer.pubkey(),
            Form::Other => signer,
            Form::ConfigTwice => config,
        }
    }

    /// Gives everybody who may sign the same lamports, and takes what an earlier case left.
    pub async fn fund(&self, svm: &mut Svm) {
        for signer in self.all() {
            let account = Account {
                lamports: FUNDS,
                ..Account::default()
            };
            svm.set_account(signer.pubkey(), account).await;
        }
    }

    /// The keys that the instruction asks to sign.
    pub fn of(&self, instruction: &Instruction) -> Vec<&Keypair> {
        self.all()
            .into_iter()
            .filter(|key| {
                let asked = |meta: &AccountMeta| meta.is_signer && meta.pubkey == key.pubkey();
                instruction.accounts.iter().any(asked)
            })
            .collect()
    }

    fn all(&self) -> [&Keypair; 6] {
        [
            &self.authority,
            &self.operator,
            &self.upgrade_authority,
            &self.stranger,
            &self.payer,
            &self.config,
        ]
    }
}
