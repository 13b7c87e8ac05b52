use {
    crate::{constants::CONFIG_SEED, error::ConfigError, state::ConfigV2},
    account_migration::Funding,
    anchor_lang::prelude::*,
};

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug)]
pub struct InitializeV2Args {
    pub value: u64,
    /// What `update_v2` charges, in base units of the fee mint's token; 0 is no fee.
    pub fee: u64,
    pub fee_mint: Pubkey,
    /// Who may call `update_v2` beside the authority.
    pub operators: Vec<Pubkey>,
}

#[derive(Accounts)]
#[instruction(args: InitializeV2Args)]
pub struct InitializeV2<'info> {
    /// The config to create.
    #[account(
        init,
        payer = authority,
        space = space_for(config, &authority, &system_program, &args)?,
        seeds = [CONFIG_SEED, authority.key().as_ref()],
        bump
    )]
    pub config: Account<'info, ConfigV2>,
    /// The config's authority; pays its rent.
    #[account(mut)]
    pub authority: Signer<'info>,
    pub system_program: Program<'info, System>,
}

/// Bytes that the config gets. Anchor creates it before the handler runs: what could make that fail is
/// checked here.
fn space_for<'info>(
    config: &AccountInfo,
    authority: &Signer<'info>,
    system_program: &Program<'info, System>,
    args: &InitializeV2Args,
) -> Result<usize> {
    ConfigV2::check_operators(&args.operators)?;
    ConfigV2::check_fee(args.fee, &args.fee_mint)?;
    let space = ConfigV2::space_with(args.operators.len());
    Funding::new(authority, system_program).check_rent::<ConfigError>(config, space)?;
    Ok(space)
}

pub(crate) fn handler(ctx: Context<InitializeV2>, args: InitializeV2Args) -> Result<()> {
    ctx.accounts.config.set_inner(ConfigV2 {
        authority: ctx.accounts.authority.key(),
        value: args.value,
        revision: 0,
        fee: args.fee,
        fee_mint: args.fee_mint,
        operators: args.operators,
    });
    Ok(())
}
