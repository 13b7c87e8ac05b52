use {
    crate::core::rejection::Rejection,
    anchor_lang::{
        prelude::*,
        solana_program::{program::invoke, system_instruction},
        system_program::System,
    },
};

/// Who pays the rent that an account lacks.
pub struct Funding<'a, 'info> {
    payer: &'a AccountInfo<'info>,
    system_program: &'a AccountInfo<'info>,
}

impl<'a, 'info> Funding<'a, 'info> {
    /// The payer must sign and be writable; it pays only what the account lacks.
    pub fn new(payer: &'a Signer<'info>, system_program: &'a Program<'info, System>) -> Self {
        Self {
            payer: payer.as_ref(),
            system_program: system_program.as_ref(),
        }
    }

    pub(crate) fn pays_from(&self, account: &AccountInfo) -> bool {
        self.payer.key == account.key
    }

    pub(crate) fn can_pay(&self, lamports: u64) -> std::result::Result<(), Rejection> {
        if self.payer.lamports() < lamports {
            return Err(Rejection::InsufficientFunds);
        }
        Ok(())
    }

    pub(crate) fn pay(&self, account: &AccountInfo<'info>, lamports: u64) -> Result<()> {
        invoke(
            &system_instruction::transfer(self.payer.key, account.key, lamports),
            &[
                self.payer.clone(),
                account.clone(),
                self.system_program.clone(),
            ],
        )
        .map_err(Into::into)
    }
}
