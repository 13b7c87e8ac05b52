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
pub struct Migrate<'info> {
    /// The config to migrate, in the layout of release 1.
    #[account(mut, dup)]
    pub config: Account<'info, Pending<ConfigV1, ConfigV2>>,
    /// The config's authority or the program's upgrade authority.
    pub authority: Signer<'info>,
    /// Pays the rent that the config lacks at its new size; nothing when it lacks none.
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,

    // Trailing optional account: only the upgrade authority needs it.
    /// Proves who the program's upgrade authority is.
    #[account(address = PROGRAM_DATA_ADDRESS @ ConfigError::WrongProgramData)]
    pub program_data: Option<Account<'info, ProgramData>>,
}

impl Migrate<'_> {
    fn check_migrates(&self, config: &ConfigV1) -> Result<()> {
        if config.authority == *self.authority.key {
            return Ok(());
        }
        let rejected = match &self.program_data {
            Some(data) if data.upgrade_authority_address == Some(*self.authority.key) => {
                return Ok(());
            }
            Some(_) => error!(ConfigError::WrongUpgradeAuthority),
            None => error!(ConfigError::CannotMigrate),
        };
        Err(rejected.with_account_name("authority"))
    }
}

pub(crate) fn handler(ctx: Context<Migrate>) -> Result<Migrated<ConfigV2>> {
    let accounts = ctx.accounts;
    let migration = Migration::begin(&accounts.config)?;
    accounts.check_migrates(&migration)?;
    migration.migrate(&Funding::new(&accounts.payer, &accounts.system_program))
}
