use {
    crate::{
        constants::{MIGRATION_AUTHORITY, MIGRATION_AUTHORITY_BUMP, MIGRATION_AUTHORITY_SEED},
        entrusted::Entrusted,
        equivalence::informationally_equal,
        error::MigratorError,
        state::OldConfig,
    },
    account_migration::{Funding, RentRate},
    anchor_lang::prelude::*,
    app::program::App,
    successor::{program::Successor, state::SuccessorConfig},
};

const SIGNER_SEEDS: &[&[&[u8]]] = &[&[MIGRATION_AUTHORITY_SEED, &[MIGRATION_AUTHORITY_BUMP]]];

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug)]
pub struct MigrateAccountArgs {
    /// The bump of the old config's address. To search for it would cost 1,500 compute units for each
    /// that does not fit.
    pub old_bump: u8,
    /// SHA-256 of the old config's data. An authority that passes it migrates what it reviewed, or
    /// nothing.
    pub expected_hash: Option<[u8; 32]>,
    /// The most lamports that the payer pays, whatever the config holds and whatever the successor
    /// program does by then.
    pub max_payment: u64,
}

#[derive(Accounts)]
#[instruction(args: MigrateAccountArgs)]
pub struct MigrateAccount<'info> {
    /// The config in the old program, in either layout. It is `dup` because this program writes nothing
    /// back, which is all that Anchor's check for duplicate accounts guards.
    #[account(
        mut,
        dup,
        constraint = *old_config.authority() == authority.key() @ MigratorError::WrongAuthority,
        constraint = is_old_address(&old_config.key(), authority.key, args.old_bump) @ MigratorError::WrongOldAddress
    )]
    pub old_config: Account<'info, OldConfig>,
    /// The config in the successor program, to be created at the address derived from the old one's.
    /// CHECK: `adopt` creates it, and this program reads what it created.
    #[account(mut)]
    pub new_config: UncheckedAccount<'info>,
    /// The config's authority in both programs.
    pub authority: Signer<'info>,
    /// Pays the new config's rent, at most `max_payment`.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// Receives the old config's lamports, but for the rent-exempt minimum of the 8 bytes that stay. It
    /// must be rent-exempt then: a new account is not, with what a `ConfigV1` releases.
    /// CHECK: whoever the authority says.
    #[account(mut)]
    pub recipient: UncheckedAccount<'info>,
    /// Signs for this program.
    /// CHECK: an address without an account.
    #[account(address = MIGRATION_AUTHORITY @ MigratorError::WrongMigrationAuthority)]
    pub migration_authority: UncheckedAccount<'info>,
    /// The old program.
    pub app_program: Program<'info, App>,
    /// The new program.
    pub successor_program: Program<'info, Successor>,
    pub system_program: Program<'info, System>,
}

/// Whether this is the address that `app` derives for the authority's config. Only one bump is that of
/// an existing config, so the caller may choose it.
fn is_old_address(address: &Pubkey, authority: &Pubkey, bump: u8) -> bool {
    let seeds: [&[u8]; 3] = [app::constants::CONFIG_SEED, authority.as_ref(), &[bump]];
    Pubkey::create_program_address(&seeds, &app::ID).is_ok_and(|derived| derived == *address)
}

impl MigrateAccount<'_> {
    fn check_hash(&self, expected: Option<[u8; 32]>) -> Result<()> {
        let Some(expected) = expected else {
            return Ok(());
        };
        let info: &AccountInfo = self.old_config.as_ref();
        let found = solana_sha256_hasher::hash(&info.try_borrow_data()?);
        require!(found.to_bytes() == expected, MigratorError::UnexpectedData);
        Ok(())
    }

    fn retire(&self) -> Result<()> {
        app::cpi::retire(CpiContext::new_with_signer(
            self.app_program.key(),
            app::cpi::accounts::Retire {
                config: self.old_config.to_account_info(),
                authority: self.authority.to_account_info(),
                migration_authority: self.migration_authority.to_account_info(),
                recipient: self.recipient.to_account_info(),
            },
            SIGNER_SEEDS,
        ))
    }

    /// Whether the payer can and may pay what the new config lacks.
    fn check_payer(&self, max_payment: u64) -> Result<()> {
        let space = SuccessorConfig::space_with(self.old_config.operators().len());
        let minimum = RentRate::get()?.minimum(space);
        let missing = minimum.saturating_sub(self.new_config.lamports());
        require_gte!(max_payment, missing, MigratorError::PaymentAboveLimit);
        Funding::new(&self.payer, &self.system_program).check::<MigratorError>(missing)
    }

    fn adopt(&self) -> Result<()> {
        let old: &OldConfig = &self.old_config;
        successor::cpi::adopt(
            CpiContext::new_with_signer(
                self.successor_program.key(),
                successor::cpi::accounts::Adopt {
                    config: self.new_config.to_account_info(),
                    predecessor: self.old_config.to_account_info(),
                    authority: self.authority.to_account_info(),
                    migration_authority: self.migration_authority.to_account_info(),
                    payer: self.payer.to_account_info(),
                    system_program: self.system_program.to_account_info(),
                },
                SIGNER_SEEDS,
            ),
            old.clone().into(),
        )
    }

    fn check_equivalence(&self) -> Result<()> {
        require_keys_eq!(
            *self.new_config.owner,
            self.successor_program.key(),
            MigratorError::WrongNewOwner
        );
        let new = SuccessorConfig::try_deserialize(&mut &**self.new_config.try_borrow_data()?)
            .map_err(|_| MigratorError::NotEquivalent)?;
        require!(
            informationally_equal(&self.old_config.key(), &self.old_config, &new),
            MigratorError::NotEquivalent
        );
        Ok(())
    }
}

pub(crate) fn handler(ctx: Context<MigrateAccount>, args: MigrateAccountArgs) -> Result<()> {
    let accounts = ctx.accounts;
    accounts.check_hash(args.expected_hash)?;
    // `retire` gets no System program, without which nobody can spend by the authority's signature.
    accounts.retire()?;
    accounts.check_payer(args.max_payment)?;
    let payer = Entrusted::new(&accounts.payer);
    accounts.adopt()?;
    require_gte!(
        args.max_payment,
        payer.payment()?,
        MigratorError::PaymentAboveLimit
    );
    accounts.check_equivalence()
}
