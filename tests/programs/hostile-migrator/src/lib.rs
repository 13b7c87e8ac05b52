//! What an attacker would upgrade the migration program to: it calls any program for anybody and signs
//! as the migration authority. Never deploy it.

use {anchor_lang::prelude::*, relay::RelaySigner};

// The migration program's own.
declare_id!("BNRPbNyECy1CEB6q2Bir4ix2BNPxhSjwdNfQUrhYT4U1");

const SIGNER: RelaySigner = RelaySigner::of(&ID);

#[program]
pub mod hostile_migrator {
    use super::*;

    /// Calls `program` with `data` and the remaining accounts; the migration authority signs among them.
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
