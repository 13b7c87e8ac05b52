use {
    crate::state::{ConfigV1, ConfigV2},
    account_migration::{Funding, Migrated, Migration, Pending},
    anchor_lang::{
        InstructionData,
        prelude::*,
        solana_program::{instruction::Instruction, program::invoke},
    },
};

#[derive(Accounts)]
pub struct OursCall<'info> {
    #[account(mut)]
    pub config: Account<'info, Pending<ConfigV1, ConfigV2>>,
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,
    pub this_program: Program<'info, crate::program::MigrationLab>,
}

impl OursCall<'_> {
    /// Calls `set_value` of this program.
    fn set_value(&self, value: u64) -> Result<()> {
        let set_value = Instruction {
            program_id: crate::ID,
            accounts: vec![AccountMeta::new(self.config.key(), false)],
            data: crate::instruction::SetValue { value }.data(),
        };
        invoke(&set_value, &[self.config.to_account_info()]).map_err(Into::into)
    }
}

pub(crate) fn before_begin(ctx: Context<OursCall>, value: u64) -> Result<Migrated<ConfigV2>> {
    let accounts = ctx.accounts;
    accounts.set_value(value)?;
    Migration::begin(&accounts.config)?
        .migrate(&Funding::new(&accounts.payer, &accounts.system_program))
}

pub(crate) fn while_begun(ctx: Context<OursCall>, value: u64) -> Result<Migrated<ConfigV2>> {
    let accounts = ctx.accounts;
    let migration = Migration::begin(&accounts.config)?;
    accounts.set_value(value)?;
    migration.migrate(&Funding::new(&accounts.payer, &accounts.system_program))
}
