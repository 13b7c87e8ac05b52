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
        realloc = space_for(&config, &operators)?,
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

/// Bytes that the config gets. Anchor reallocates before it checks the account's other constraints,
/// and panics when a shrinking account is not rent-exempt at its new size: what it relies on is
/// checked here.
fn space_for(config: &Account<AnyConfig>, operators: &[Pubkey]) -> Result<usize> {
    config.v2()?;
    ConfigV2::check_operators(operators)?;
    let info: &AccountInfo = config.as_ref();
    require!(info.is_writable, ConfigError::NotWritable);
    let space = ConfigV2::space_with(operators.len());
    require!(
        space >= info.data_len() || info.lamports() >= Rent::get()?.minimum_balance(space),
        ConfigError::BelowRentExemption
    );
    Ok(space)
}

pub(crate) fn handler(ctx: Context<SetOperators>, operators: Vec<Pubkey>) -> Result<()> {
    ctx.accounts.config.v2_mut()?.operators = operators;
    Ok(())
}
