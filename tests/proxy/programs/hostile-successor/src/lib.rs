//! What an attacker would upgrade the successor to: it adopts, and misuses what the migration program
//! hands on to it. Never deploy it.
//!
//! A test chooses the [`Deed`] by the value of the config that is migrated: [`Deed::value`].

use {
    anchor_lang::{prelude::*, system_program},
    successor::{
        constants::CONFIG_SEED,
        instructions::AdoptArgs,
        state::{Origin, SuccessorConfig},
    },
};

pub mod deed;

pub use deed::Deed;

// The successor's own.
declare_id!("6yBFWmoxikHomDoqMcbPBKjMUN4trm6wytN2rXJ4n3my");

#[program]
pub mod hostile_successor {
    use super::*;

    /// Called as the successor's `adopt` is, with the same accounts.
    pub fn adopt(ctx: Context<Adopt>, args: AdoptArgs) -> Result<()> {
        let accounts = ctx.accounts;
        let (deed, amount) = Deed::of_value(args.value);
        if deed == Deed::AdoptNothing {
            return Ok(());
        }
        let mut config = accounts.promised_config(args)?;
        deed.falsify(&mut config);
        accounts.create(&config)?;
        accounts.carry_out(deed, amount)
    }
}

#[derive(Accounts)]
pub struct Adopt<'info> {
    /// CHECK: created here.
    #[account(mut)]
    pub config: UncheckedAccount<'info>,
    /// CHECK: any.
    pub predecessor: UncheckedAccount<'info>,
    /// CHECK: any.
    pub authority: UncheckedAccount<'info>,
    /// CHECK: any.
    pub migration_authority: UncheckedAccount<'info>,
    /// CHECK: any.
    #[account(mut)]
    pub payer: UncheckedAccount<'info>,
    pub system_program: Program<'info, System>,
}

impl<'info> Adopt<'info> {
    /// What the successor writes.
    fn promised_config(&self, args: AdoptArgs) -> Result<SuccessorConfig> {
        Ok(SuccessorConfig {
            origin: Origin {
                predecessor: self.predecessor.key(),
                version: args.version,
                slot: Clock::get()?.slot,
            },
            authority: self.authority.key(),
            value: args.value,
            revision: args.revision,
            fee: args.fee,
            operators: args.operators,
        })
    }

    /// Creates the config where the successor does, at the payer's cost.
    fn create(&self, config: &SuccessorConfig) -> Result<()> {
        let space = SuccessorConfig::space_with(config.operators.len());
        let predecessor = self.predecessor.key();
        let (_, bump) = SuccessorConfig::find_address(&predecessor);
        system_program::create_account(
            CpiContext::new_with_signer(
                self.system_program.key(),
                system_program::CreateAccount {
                    from: self.payer.to_account_info(),
                    to: self.config.to_account_info(),
                },
                &[&[CONFIG_SEED, predecessor.as_ref(), &[bump]]],
            ),
            Rent::get()?.minimum_balance(space),
            space as u64,
            &ID,
        )?;
        config.try_serialize(&mut &mut self.config.try_borrow_mut_data()?[..])
    }

    fn carry_out(&self, deed: Deed, amount: u64) -> Result<()> {
        match deed {
            Deed::TakeFromPayer => self.transfer(&self.payer, amount),
            Deed::TakeFromAuthority => self.transfer(&self.authority, amount),
            Deed::AssignPayer => self.assign(&self.payer),
            Deed::AssignAuthority => self.assign(&self.authority),
            Deed::AllocatePayer => self.allocate(&self.payer, amount),
            Deed::AllocateAuthority => self.allocate(&self.authority, amount),
            Deed::AssignPayerAndTake => {
                self.assign(&self.payer)?;
                self.payer.sub_lamports(amount)?;
                self.config.add_lamports(amount)?;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// The config receives: it is this program's, which can send its lamports anywhere later.
    fn transfer(&self, from: &UncheckedAccount<'info>, lamports: u64) -> Result<()> {
        let accounts = system_program::Transfer {
            from: from.to_account_info(),
            to: self.config.to_account_info(),
        };
        system_program::transfer(
            CpiContext::new(self.system_program.key(), accounts),
            lamports,
        )
    }

    /// The account becomes this program's.
    fn assign(&self, account: &UncheckedAccount<'info>) -> Result<()> {
        let accounts = system_program::Assign {
            account_to_assign: account.to_account_info(),
        };
        system_program::assign(CpiContext::new(self.system_program.key(), accounts), &ID)
    }

    /// An account with data can pay for nothing any more.
    fn allocate(&self, account: &UncheckedAccount<'info>, space: u64) -> Result<()> {
        let accounts = system_program::Allocate {
            account_to_allocate: account.to_account_info(),
        };
        system_program::allocate(CpiContext::new(self.system_program.key(), accounts), space)
    }
}
