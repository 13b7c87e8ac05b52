use {
    crate::{
        constants::PROGRAM_DATA_ADDRESS,
        error::ConfigError,
        event::ConfigsMigrated,
        state::{ConfigV1, ConfigV2, ProgramData},
    },
    account_migration::{Batch, Funding},
    anchor_lang::prelude::*,
};

/// The configs are the remaining accounts, all writable, in either layout.
#[derive(Accounts)]
pub struct MigrateMany<'info> {
    /// The program's upgrade authority.
    pub upgrade_authority: Signer<'info>,
    /// Pays the rent that the configs lack at their new size; nothing when they lack none.
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,
    /// Proves who the program's upgrade authority is.
    #[account(
        address = PROGRAM_DATA_ADDRESS @ ConfigError::WrongProgramData,
        constraint = program_data.upgrade_authority_address == Some(upgrade_authority.key())
            @ ConfigError::WrongUpgradeAuthority
    )]
    pub program_data: Account<'info, ProgramData>,
}

pub(crate) fn handler<'info>(
    ctx: Context<'info, MigrateMany<'info>>,
    max_top_up: u64,
) -> Result<()> {
    require!(!ctx.remaining_accounts.is_empty(), ConfigError::NoConfigs);
    let Batch {
        migrated,
        skipped,
        top_up,
    } = account_migration::migrate_many::<ConfigV1, ConfigV2>(
        ctx.remaining_accounts,
        &Funding::new(&ctx.accounts.payer, &ctx.accounts.system_program),
        max_top_up,
    )?;
    emit!(ConfigsMigrated {
        migrated,
        skipped,
        top_up,
    });
    Ok(())
}
