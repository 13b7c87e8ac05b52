use {
    crate::{
        anchor::rejected,
        core::{rejection::Rejection, rent},
    },
    anchor_lang::{
        error::Error,
        prelude::*,
        solana_program::{program::invoke_unchecked, system_instruction},
        system_program::System,
    },
};

/// Who pays the rent that an account lacks.
pub struct Funding<'a, 'info> {
    payer: &'a AccountInfo<'info>,
}

impl<'a, 'info> Funding<'a, 'info> {
    /// The payer must be writable; it pays only what the account lacks, by a transfer of the system
    /// program, which the transaction must name: `_system_program` proves that it does.
    pub fn new(payer: &'a Signer<'info>, _system_program: &Program<'info, System>) -> Self {
        Self {
            payer: payer.as_ref(),
        }
    }

    pub(crate) fn pays_from(&self, account: &AccountInfo) -> bool {
        self.payer.key == account.key
    }

    pub(crate) fn payer_belongs_to(&self, program: &Pubkey) -> bool {
        self.payer.owner == program
    }

    /// Pays what `account` lacks of `minimum` lamports; nothing when it lacks none.
    pub(crate) fn top_up<E: From<Rejection> + Into<Error>>(
        &self,
        account: &AccountInfo<'info>,
        minimum: u64,
    ) -> Result<()> {
        match rent::top_up(account.lamports(), minimum) {
            0 => Ok(()),
            missing => self.pay::<E>(account, missing),
        }
    }

    /// Transfers `lamports` to `account`.
    ///
    /// No borrow of either account is held here, which is all that a checked `invoke` looks for.
    pub(crate) fn pay<E: From<Rejection> + Into<Error>>(
        &self,
        account: &AccountInfo<'info>,
        lamports: u64,
    ) -> Result<()> {
        if self.payer.lamports() < lamports {
            return Err(rejected::<E>(Rejection::InsufficientFunds));
        }
        invoke_unchecked(
            &system_instruction::transfer(self.payer.key, account.key, lamports),
            &[self.payer.clone(), account.clone()],
        )
        .map_err(Into::into)
    }
}
