//! Calls any program for anybody and signs with its own address: a wallet program whose address is an
//! authority, or a migration program that nobody trusts. Never deploy it.

use anchor_lang::{
    prelude::*,
    solana_program::{instruction::Instruction, program::invoke_signed},
};

declare_id!("K1k4qtEALU8dnLXNjGrYoxfdiWGmptixb6vTRvcafMp");

/// The seed that the migration program has as well.
const SEED: &[u8] = b"migration_authority";
const SIGNER: RelaySigner = RelaySigner::of(&ID);

/// The address that signs.
pub const RELAY_AUTHORITY: Pubkey = SIGNER.address;

#[program]
pub mod relay {
    use super::*;

    /// Calls `program` with `data` and the remaining accounts; the relay's address signs among them.
    pub fn relay(ctx: Context<Relay>, data: Vec<u8>) -> Result<()> {
        SIGNER.call(ctx.accounts.program.key(), data, ctx.remaining_accounts)
    }
}

#[derive(Accounts)]
pub struct Relay<'info> {
    /// The program to call.
    /// CHECK: any.
    pub program: UncheckedAccount<'info>,
}

/// The address by which a program signs.
pub struct RelaySigner {
    pub address: Pubkey,
    bump: u8,
}

impl RelaySigner {
    pub const fn of(program: &Pubkey) -> Self {
        let (address, bump) =
            const_crypto::ed25519::derive_program_address(&[SEED], &program.to_bytes());
        Self {
            address: Pubkey::new_from_array(address),
            bump,
        }
    }

    /// Calls `program` with these accounts; the address signs among them.
    pub fn call(&self, program: Pubkey, data: Vec<u8>, accounts: &[AccountInfo]) -> Result<()> {
        let metas = accounts.iter().map(|info| AccountMeta {
            pubkey: info.key(),
            is_signer: info.is_signer || info.key() == self.address,
            is_writable: info.is_writable,
        });
        let instruction = Instruction {
            program_id: program,
            accounts: metas.collect(),
            data,
        };
        invoke_signed(&instruction, accounts, &[&[SEED, &[self.bump]]]).map_err(Into::into)
    }
}
