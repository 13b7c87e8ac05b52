//! Calls any program for anybody and signs with its own address: a wallet program whose address is an
//! authority, or a migration program that nobody trusts. Never deploy it.

use anchor_lang::{
    prelude::*,
    solana_program::{instruction::Instruction, program::invoke_signed},
};

declare_id!("K1k4qtEALU8dnLXNjGrYoxfdiWGmptixb6vTRvcafMp");

/// The seed that the migration program has as well.
const SEED: &[u8] = b"migration_authority";
const DERIVED: ([u8; 32], u8) =
    const_crypto::ed25519::derive_program_address(&[SEED], &ID.to_bytes());

/// The address that signs.
pub const RELAY_AUTHORITY: Pubkey = Pubkey::new_from_array(DERIVED.0);

#[program]
pub mod relay {
    use super::*;

    /// Calls `program` with `data` and the remaining accounts; the relay's address signs among them.
    pub fn relay(ctx: Context<Relay>, data: Vec<u8>) -> Result<()> {
        let accounts = ctx.remaining_accounts.iter().map(|info| AccountMeta {
            pubkey: info.key(),
            is_signer: info.is_signer || info.key() == RELAY_AUTHORITY,
            is_writable: info.is_writable,
        });
        let instruction = Instruction {
            program_id: ctx.accounts.program.key(),
            accounts: accounts.collect(),
            data,
        };
        invoke_signed(
            &instruction,
            ctx.remaining_accounts,
            &[&[SEED, &[DERIVED.1]]],
        )
        .map_err(Into::into)
    }
}

#[derive(Accounts)]
pub struct Relay<'info> {
    /// The program to call.
    /// CHECK: any.
    pub program: UncheckedAccount<'info>,
}
