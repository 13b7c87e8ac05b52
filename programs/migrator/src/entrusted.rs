use {crate::error::MigratorError, anchor_lang::prelude::*};

/// A payer, before a call that its signature and the System program are passed on to. Whoever has both can
/// spend the payer's lamports, and give its account data or another owner.
pub struct Entrusted<'a, 'info> {
    account: &'a AccountInfo<'info>,
    lamports: u64,
    owner: Pubkey,
    data_len: usize,
}

impl<'a, 'info> Entrusted<'a, 'info> {
    pub fn new(signer: &'a Signer<'info>) -> Self {
        let account: &AccountInfo = signer.as_ref();
        Self {
            account,
            lamports: account.lamports(),
            owner: *account.owner,
            data_len: account.data_len(),
        }
    }

    /// The lamports that the account paid during the call.
    ///
    /// # Errors
    /// [`MigratorError::PayerChanged`] when anything else of it was changed.
    pub fn payment(&self) -> Result<u64> {
        require_keys_eq!(*self.account.owner, self.owner, MigratorError::PayerChanged);
        require_eq!(
            self.account.data_len(),
            self.data_len,
            MigratorError::PayerChanged
        );
        Ok(self.lamports.saturating_sub(self.account.lamports()))
    }
}
