use {
    crate::{constants::MIGRATION_AUTHORITY, error::ConfigError, state::AnyConfig},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct Retire<'info> {
    /// The config whose life in this program ends, in either layout.
    /// CHECK: the handler reads it as an `AnyConfig`; a field of that type would be written back.
    #[account(mut, owner = crate::ID)]
    pub config: UncheckedAccount<'info>,
    /// The config's authority.
    pub authority: Signer<'info>,
    /// The migration program's signature: it retires a config only together with its adoption.
    #[account(address = MIGRATION_AUTHORITY @ ConfigError::WrongMigrationAuthority)]
    pub migration_authority: Signer<'info>,
    /// Receives the config's lamports, but for the rent-exempt minimum of the 8 bytes that stay.
    /// CHECK: whoever the authority says.
    #[account(mut)]
    pub recipient: UncheckedAccount<'info>,
}

pub(crate) fn handler(ctx: Context<Retire>) -> Result<()> {
    let Retire {
        config,
        authority,
        recipient,
        ..
    } = ctx.accounts;
    let loaded = AnyConfig::read(&config.try_borrow_data()?).map_err(ConfigError::from)?;
    require_keys_eq!(
        *loaded.authority(),
        authority.key(),
        ConfigError::WrongAuthority
    );
    require_keys_neq!(
        config.key(),
        recipient.key(),
        ConfigError::RecipientIsConfig
    );
    account_migration::retire::<ConfigError>(config, recipient)
}
