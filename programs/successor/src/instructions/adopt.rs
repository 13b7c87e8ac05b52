use {
    crate::{
        constants::{CONFIG_SEED, MIGRATION_AUTHORITY, OLD_PROGRAM_ID},
        error::SuccessorError,
        state::{Fee, Origin, SuccessorConfig},
    },
    account_migration::is_retired,
    anchor_lang::prelude::*,
};

/// What the config held in the old program.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug)]
pub struct AdoptArgs {
    /// The layout that the config had: 1 or 2.
    pub version: u8,
    pub value: u64,
    pub revision: u64,
    pub fee: Fee,
    pub operators: Vec<Pubkey>,
}

#[derive(Accounts)]
#[instruction(args: AdoptArgs)]
pub struct Adopt<'info> {
    /// The config to create. Its address follows from the predecessor's, so it is created once.
    #[account(
        init,
        payer = payer,
        space = SuccessorConfig::space_with(args.operators.len()),
        seeds = [CONFIG_SEED, predecessor.key().as_ref()],
        bump
    )]
    pub config: Account<'info, SuccessorConfig>,
    /// The config in the old program, which must have been retired.
    /// CHECK: its owner and its bytes are all there is to it.
    #[account(
        constraint = *predecessor.owner == OLD_PROGRAM_ID
            && is_retired(&predecessor.try_borrow_data()?) @ SuccessorError::NotRetired
    )]
    pub predecessor: UncheckedAccount<'info>,
    /// Becomes the config's authority.
    pub authority: Signer<'info>,
    /// The migration program's signature: it vouches for what the config held.
    #[account(address = MIGRATION_AUTHORITY @ SuccessorError::WrongMigrationAuthority)]
    pub migration_authority: Signer<'info>,
    /// Pays the config's rent.
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn handler(ctx: Context<Adopt>, args: AdoptArgs) -> Result<()> {
    let accounts = ctx.accounts;
    accounts.config.set_inner(SuccessorConfig {
        origin: Origin {
            predecessor: accounts.predecessor.key(),
            version: args.version,
            slot: Clock::get()?.slot,
        },
        authority: accounts.authority.key(),
        value: args.value,
        revision: args.revision,
        fee: args.fee,
        operators: args.operators,
    });
    Ok(())
}
