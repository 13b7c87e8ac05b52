use {
    crate::{
        constants::PROGRAM_DATA_ADDRESS,
        error::ConfigError,
        state::{ConfigV1, ConfigV2, ProgramData},
    },
    account_migration::{Funding, Migrated, Migration, Pending},
    anchor_lang::prelude::*,
};

#[derive(Accounts)]
pub struct Rollback<'info> {
    /// The config to roll back, in the layout of release 2. Lamports above the new minimum stay in
    /// it, so that migrating it again costs nothing.
    #[account(mut, dup)]
    pub config: Account<'info, Pending<ConfigV2, ConfigV1>>,
    /// The program's upgrade authority; pays the rent that a config which was not rent-exempt lacks.
    #[account(mut)]
    pub upgrade_authority: Signer<'info>,
    pub system_program: Program<'info, System>,
    /// Proves who the program's upgrade authority is.
    #[account(
        address = PROGRAM_DATA_ADDRESS @ ConfigError::WrongProgramData,
        constraint = program_data.upgrade_authority_address == Some(upgrade_authority.key())
            @ ConfigError::WrongUpgradeAuthority
    )]
    pub program_data: Account<'info, ProgramData>,
}

pub(crate) fn handler(ctx: Context<Rollback>, discard_v2_data: bool) -> Result<Migrated<ConfigV1>> {
    let accounts = ctx.accounts;
    let migration = Migration::begin(&accounts.config)?;
    require!(
        discard_v2_data || !migration.holds_v2_data(),
        ConfigError::WouldDiscardV2Data
    );
    migration.migrate(&Funding::new(
        &accounts.upgrade_authority,
        &accounts.system_program,
    ))
}
