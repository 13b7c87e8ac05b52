use {
    crate::{constants::MAX_OPERATORS, error::ConfigError, state::ConfigV1},
    account_migration::{Borsh, Layout, MigrateFrom},
    anchor_lang::prelude::*,
};

/// The config as release 2 stores it: 96 bytes with its discriminator, and 32 per operator.
#[account]
#[derive(Debug, PartialEq, Eq, InitSpace)]
pub struct ConfigV2 {
    /// Who may do everything with the config.
    pub authority: Pubkey,
    /// The value the config holds.
    pub value: u64,
    /// Counts the changes of the value and of the fee, modulo 2³².
    pub revision: u32,
    /// What `update_v2` charges, in base units of the fee mint's token; 0 is no fee.
    pub fee: u64,
    /// The mint of the token that the fee is charged in.
    pub fee_mint: Pubkey,
    /// Who may call `update_v2` beside the authority.
    // `INIT_SPACE` is the least that an account takes.
    #[max_len(0)]
    pub operators: Vec<Pubkey>,
}

impl ConfigV2 {
    /// Bytes of an account that holds this many operators.
    pub const fn space_with(operators: usize) -> usize {
        Self::SPACE + operators * size_of::<Pubkey>()
    }

    /// # Errors
    /// [`ConfigError::TooManyOperators`], [`ConfigError::DuplicateOperator`].
    pub fn check_operators(operators: &[Pubkey]) -> Result<()> {
        require_gte!(
            usize::from(MAX_OPERATORS),
            operators.len(),
            ConfigError::TooManyOperators
        );
        for (second, operator) in operators.iter().enumerate() {
            if let Some(first) = operators[..second].iter().position(|o| o == operator) {
                return Err(error!(ConfigError::DuplicateOperator).with_values((first, second)));
            }
        }
        Ok(())
    }

    /// # Errors
    /// [`ConfigError::FeeMintMissing`].
    pub fn check_fee(fee: u64, fee_mint: &Pubkey) -> Result<()> {
        require!(
            fee == 0 || *fee_mint != Pubkey::default(),
            ConfigError::FeeMintMissing
        );
        Ok(())
    }

    pub fn set_value(&mut self, value: u64) {
        self.value = value;
        self.revision = self.revision.wrapping_add(1);
    }

    /// A new fee is a new revision, so that an `update_v2` which expects the old one is not charged it.
    pub fn set_fee(&mut self, fee: u64, fee_mint: Pubkey) {
        self.fee = fee;
        self.fee_mint = fee_mint;
        self.revision = self.revision.wrapping_add(1);
    }

    pub fn may_update(&self, signer: &Pubkey) -> bool {
        self.authority == *signer || self.operators.contains(signer)
    }

    /// Whether going back to release 1 and forth again would lose anything.
    pub fn holds_v2_data(&self) -> bool {
        *self
            != Self::migrate_from(ConfigV1 {
                authority: self.authority,
                value: self.value,
            })
    }
}

impl Layout for ConfigV2 {
    const OWNER: [u8; 32] = crate::ID.to_bytes();
    const LAYOUT_DISCRIMINATOR: &'static [u8] = <Self as Discriminator>::DISCRIMINATOR;
    const BODY: usize = Self::INIT_SPACE;
    type Encoding = Borsh;

    fn space(&self) -> usize {
        Self::space_with(self.operators.len())
    }
}

/// Defaults only: nothing that a caller of `migrate` chooses ends up in the account.
impl MigrateFrom<ConfigV1> for ConfigV2 {
    type Error = ConfigError;
    const EXTENDS_IN_PLACE: bool = true;

    fn migrate_from(old: ConfigV1) -> Self {
        Self {
            authority: old.authority,
            value: old.value,
            revision: 0,
            fee: 0,
            fee_mint: Pubkey::default(),
            operators: Vec::new(),
        }
    }
}
