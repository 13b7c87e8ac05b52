use {
    crate::{
        error::ConfigError,
        state::{AnyConfig, ConfigV2},
    },
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
#[instruction(operators: Vec<Pubkey>)]
pub struct SetOperators<'info> {
    /// The config; it must have the layout of release 2 and is resized to hold the operators.
    #[account(
        mut,
        constraint = config.v2()?.authority == authority.key() @ ConfigError::WrongAuthority,
        realloc = ConfigV2::space_with(operators.len()),
        realloc::payer = authority,
        realloc::zero = true
    )]
    pub config: Account<'info, AnyConfig>,
    /// The config's authority; pays the rent that growing needs and receives what lies above the
    /// rent-exempt minimum after shrinking.
    #[account(mut)]
    pub authority: Signer<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn handler(ctx: Context<SetOperators>, operators: Vec<Pubkey>) -> Result<()> {
    ConfigV2::check_operators(&operators)?;
    ctx.accounts.config.v2_mut()?.operators = operators;
    Ok(())
}
