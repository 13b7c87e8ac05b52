use {
    crate::{
        anchor::{lamports::RentRate, rejected_at},
        core::{rejection::Rejection, rent},
    },
    anchor_lang::{
        error::Error,
        prelude::*,
        solana_program::{
            instruction::{AccountMeta, Instruction},
            program::invoke_unchecked,
        },
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

    /// Whether the payer could pay what `account` lacks to be rent-exempt with `len` bytes.
    ///
    /// # Errors
    /// As [`check`](Self::check).
    pub fn check_rent<E: From<Rejection> + Into<Error>>(
        &self,
        account: &AccountInfo,
        len: usize,
    ) -> Result<()> {
        let minimum = RentRate::get()?.minimum(len);
        self.check::<E>(rent::top_up(account.lamports(), minimum))
    }

    /// Whether the payer could pay this much; nothing, anybody can.
    ///
    /// # Errors
    /// [`Rejection::PayerCannotPay`], [`Rejection::InsufficientFunds`] with what the payer has and what it
    /// would pay.
    pub fn check<E: From<Rejection> + Into<Error>>(&self, lamports: u64) -> Result<()> {
        if lamports == 0 {
            return Ok(());
        }
        self.check_transfers::<E>()?;
        let has = self.payer.lamports();
        if has < lamports {
            let rejected = rejected_at::<E>(Rejection::InsufficientFunds, self.payer);
            return Err(rejected.with_values((has, lamports)));
        }
        Ok(())
    }

    /// Transfers `lamports` to `account`.
    pub(crate) fn pay<E: From<Rejection> + Into<Error>>(
        &self,
        account: &AccountInfo<'info>,
        lamports: u64,
    ) -> Result<()> {
        self.check::<E>(lamports)?;
        let transfer = transfer(self.payer.key, account.key, lamports);
        self.invoke(&transfer, &[self.payer.clone(), account.clone()])
    }

    /// Moves lamports out of an account of the program, so that calls into other programs work afterwards.
    ///
    /// The runtime compares sums of lamports at every call, of the accounts that the call names. A transfer
    /// of nothing which names both makes the movement known to it.
    pub(crate) fn move_out<E: From<Rejection> + Into<Error>>(
        &self,
        from: &AccountInfo<'info>,
        to: &AccountInfo<'info>,
        lamports: u64,
    ) -> Result<()> {
        if lamports == 0 {
            return Ok(());
        }
        self.check_transfers::<E>()?;
        from.sub_lamports(lamports)?;
        to.add_lamports(lamports)?;
        let mut nothing = transfer(self.payer.key, self.payer.key, 0);
        for account in [from, to] {
            let meta = AccountMeta::new_readonly(*account.key, false);
            nothing.accounts.push(meta);
        }
        self.invoke(&nothing, &[self.payer.clone(), from.clone(), to.clone()])
    }

    /// No borrow of an account is held here, which is all that a checked `invoke` looks for.
    fn invoke(&self, instruction: &Instruction, accounts: &[AccountInfo<'info>]) -> Result<()> {
        invoke_unchecked(instruction, accounts).map_err(Into::into)
    }

    /// What the System program asks of an account that transfers.
    fn check_transfers<E: From<Rejection> + Into<Error>>(&self) -> Result<()> {
        if *self.payer.owner != System::id() || !self.payer.data_is_empty() {
            return Err(rejected_at::<E>(Rejection::PayerCannotPay, self.payer));
        }
        Ok(())
    }
}

/// The System program's `Transfer`. The library function that makes it goes through serde, for some 100
/// compute units more.
fn transfer(from: &Pubkey, to: &Pubkey, lamports: u64) -> Instruction {
    const TRANSFER: u32 = 2;
    let mut data = [0; 12];
    data[..4].copy_from_slice(&TRANSFER.to_le_bytes());
    data[4..].copy_from_slice(&lamports.to_le_bytes());
    Instruction {
        program_id: System::id(),
        accounts: vec![AccountMeta::new(*from, true), AccountMeta::new(*to, false)],
        data: data.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use {super::*, anchor_lang::solana_program::system_instruction};

    #[test]
    fn a_transfer_is_the_system_programs() {
        let (from, to) = (Pubkey::new_unique(), Pubkey::new_unique());
        for lamports in [0, 1, 1_141_920, u64::MAX] {
            assert_eq!(
                transfer(&from, &to, lamports),
                system_instruction::transfer(&from, &to, lamports)
            );
        }
    }
}
