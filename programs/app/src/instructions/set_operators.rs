use {
    crate::{
        error::ConfigError,
        state::{AnyConfig, ConfigV2},
    },
    account_migration::{Funding, RentRate},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
#[instruction(operators: Vec<Pubkey>)]
pub struct SetOperators<'info> {
    /// The config; it must have the layout of release 2 and is resized to hold the operators.
    #[account(
        mut,
        realloc = space_for(&config, &authority, &system_program, &operators)?,
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
fn space_for<'info>(
    config: &Account<'info, AnyConfig>,
    authority: &Signer<'info>,
    system_program: &Program<'info, System>,
    operators: &[Pubkey],
) -> Result<usize> {
    if config.v2()?.authority != authority.key() {
        return Err(error!(ConfigError::WrongAuthority).with_account_name("config"));
    }
    ConfigV2::check_operators(operators)?;
    let info: &AccountInfo = config.as_ref();
    require!(info.is_writable, ConfigError::NotWritable);
    let space = ConfigV2::space_with(operators.len());
    if space > info.data_len() {
        Funding::new(authority, system_program).check_rent::<ConfigError>(info, space)?;
    } else if space < info.data_len() {
        let minimum = RentRate::get()?.minimum(space);
        require_gte!(info.lamports(), minimum, ConfigError::BelowRentExemption);
    }
    Ok(space)
}

pub(crate) fn handler(ctx: Context<SetOperators>, operators: Vec<Pubkey>) -> Result<()> {
    ctx.accounts.config.v2_mut()?.operators = operators;
    Ok(())
}
