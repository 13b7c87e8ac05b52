//! Transactions that hold as many accounts as fit.
//!
//! A cluster takes 1,232 bytes, 64 accounts and 64 instructions. The bytes are the limit: they hold fewer
//! than 38 addresses.

use {
    crate::{
        fees::Fees,
        keys::Keys,
        transition::{Roles, Transition, Unreadable},
    },
    solana_account::Account,
    solana_compute_budget_interface::ComputeBudgetInstruction,
    solana_hash::Hash,
    solana_instruction::Instruction,
    solana_keypair::Keypair,
    solana_message::{VersionedMessage, v0},
    solana_packet::PACKET_DATA_SIZE,
    solana_pubkey::Pubkey,
    solana_signature::Signature,
    solana_signer::Signer,
    solana_transaction::versioned::VersionedTransaction,
    thiserror::Error,
};

/// Bytes that an account takes at least: its address and its place among the instruction's accounts.
const LEN_OF_ACCOUNT: usize = 33;

/// Puts the accounts of a [`Transition`] into transactions.
#[derive(Clone, Copy, Debug)]
pub struct Packer<'a> {
    transition: &'a Transition,
    roles: Roles,
}

/// Why there is no transaction.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum PackError {
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    #[error(
        "{address}: a transaction for this account alone is larger than the 1,232 bytes that a cluster takes: \
         [{table}] names too many accounts or too long arguments"
    )]
    TooLarge { address: Pubkey, table: String },
    #[error("{0} accounts do not fit the 1,232 bytes of a transaction: pack fewer")]
    TooMany(usize),
    #[error(
        "{0} must sign, and it is neither the authority nor the payer: take these keys for both roles"
    )]
    NoKey(Pubkey),
}

impl<'a> Packer<'a> {
    pub fn new(transition: &'a Transition, roles: Roles) -> Self {
        Self { transition, roles }
    }

    /// No transaction holds more accounts.
    pub fn most_accounts(&self) -> usize {
        PACKET_DATA_SIZE / LEN_OF_ACCOUNT
    }

    /// Signatures of each transaction.
    pub fn signatures(&self) -> u64 {
        let authority = self.transition.needs_authority();
        1 + u64::from(authority && self.roles.authority != self.roles.payer)
    }

    /// How many of the first accounts fit one transaction: at least one, unless there is none.
    ///
    /// # Errors
    /// The first account alone does not fit, or its instruction cannot be made.
    pub fn count_that_fit(&self, accounts: &[(Pubkey, Account)]) -> Result<usize, PackError> {
        let Some(first) = accounts.first() else {
            return Ok(0);
        };
        let most = accounts.len().min(self.most_accounts());
        let counts: Vec<usize> = (1..=most).collect();
        let fits = |count: &usize| self.message(&accounts[..*count], &ANY_FEES, 0, Hash::default());
        let count = counts.partition_point(|count| fits(count).is_ok());
        if count > 0 {
            return Ok(count);
        }
        Err(match fits(&1) {
            Err(PackError::Unreadable(error)) => error.into(),
            _ => PackError::TooLarge {
                address: first.0,
                table: self.transition.table.clone(),
            },
        })
    }

    /// The transaction, with the signatures that it needs of `keys`.
    ///
    /// # Errors
    /// The accounts do not fit, an instruction cannot be made, or the keys are not those of the roles.
    pub fn transaction(
        &self,
        accounts: &[(Pubkey, Account)],
        fees: &Fees,
        max_top_up: u64,
        blockhash: Hash,
        keys: &Keys,
    ) -> Result<VersionedTransaction, PackError> {
        let message = self.message(accounts, fees, max_top_up, blockhash)?;
        let bytes = message.serialize();
        let signers = message.static_account_keys().iter();
        let sign = |address: &Pubkey| {
            let mut keys = [&keys.authority, &keys.payer].into_iter();
            let key = keys.find(|key: &&Keypair| key.pubkey() == *address);
            key.map(|key| key.sign_message(&bytes))
                .ok_or(PackError::NoKey(*address))
        };
        let signatures = signers.take(required(&message)).map(sign);
        Ok(VersionedTransaction {
            signatures: signatures.collect::<Result<_, _>>()?,
            message,
        })
    }

    /// The transaction without signatures, for a simulation.
    ///
    /// # Errors
    /// The accounts do not fit, or an instruction cannot be made.
    pub fn unsigned(
        &self,
        accounts: &[(Pubkey, Account)],
        fees: &Fees,
        max_top_up: u64,
        blockhash: Hash,
    ) -> Result<VersionedTransaction, PackError> {
        let message = self.message(accounts, fees, max_top_up, blockhash)?;
        Ok(VersionedTransaction {
            signatures: vec![Signature::default(); required(&message)],
            message,
        })
    }

    /// A message whose transaction a cluster takes.
    fn message(
        &self,
        accounts: &[(Pubkey, Account)],
        fees: &Fees,
        max_top_up: u64,
        blockhash: Hash,
    ) -> Result<VersionedMessage, PackError> {
        let calls = self
            .transition
            .instructions(accounts, self.roles, max_top_up)?;
        let mut instructions = budget(fees).to_vec();
        instructions.extend(calls);
        let payer = &self.roles.payer;
        let message = v0::Message::try_compile(payer, &instructions, &[], blockhash)
            .map(VersionedMessage::V0)
            .ok();
        message
            .filter(|message| len(message) <= PACKET_DATA_SIZE)
            .ok_or(PackError::TooMany(accounts.len()))
    }
}

/// Fees do not change the length of a transaction.
const ANY_FEES: Fees = Fees {
    compute_unit_limit: 0,
    micro_lamports_per_compute_unit: 0,
};

fn budget(fees: &Fees) -> [Instruction; 2] {
    [
        ComputeBudgetInstruction::set_compute_unit_limit(fees.compute_unit_limit),
        ComputeBudgetInstruction::set_compute_unit_price(fees.micro_lamports_per_compute_unit),
    ]
}

fn required(message: &VersionedMessage) -> usize {
    message.header().num_required_signatures.into()
}

/// Bytes of the signed transaction; the number of signatures takes one.
fn len(message: &VersionedMessage) -> usize {
    1 + required(message) * size_of::<Signature>() + message.serialize().len()
}

#[cfg(test)]
mod tests;
