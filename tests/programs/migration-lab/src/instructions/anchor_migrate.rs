use {
    crate::{
        constants::PROGRAM_DATA_ADDRESS,
        error::LabError,
        state::{ConfigV1, ConfigV2},
    },
    account_migration::Layout,
    anchor_lang::{accounts::migration::Migration, prelude::*},
};

#[derive(Accounts)]
pub struct AnchorMigrate<'info> {
    /// The config to migrate.
    #[account(
        mut,
        realloc = ConfigV2::SPACE,
        realloc::payer = payer,
        realloc::zero = false
    )]
    pub config: Migration<'info, ConfigV1, ConfigV2>,
    /// The config's authority or the program's upgrade authority.
    pub authority: Signer<'info>,
    /// Pays the rent that the config lacks at its new size.
    #[account(mut)]
    pub payer: Signer<'info>,
    pub system_program: Program<'info, System>,

    // Trailing optional account: only the upgrade authority needs it.
    /// Proves who the program's upgrade authority is.
    #[account(address = PROGRAM_DATA_ADDRESS @ LabError::WrongProgramData)]
    pub program_data: Option<Account<'info, ProgramData>>,
}

impl AnchorMigrate<'_> {
    fn may_migrate(&self) -> bool {
        if self.config.authority == self.authority.key() {
            return true;
        }
        self.program_data.as_ref().is_some_and(|program_data| {
            program_data.upgrade_authority_address == Some(self.authority.key())
        })
    }
}

/// What `migrate` of `programs/app` does, with Anchor's own `Migration`: the baseline of its compute
/// units.
pub(crate) fn handler(ctx: Context<AnchorMigrate>) -> Result<()> {
    let accounts = ctx.accounts;
    require!(accounts.may_migrate(), LabError::CannotMigrate);
    let new = ConfigV2 {
        authority: accounts.config.authority,
        value: accounts.config.value,
        revision: 0,
        fee: 0,
        fee_mint: Pubkey::default(),
        operators: Vec::new(),
    };
    accounts.config.migrate(new)
}
