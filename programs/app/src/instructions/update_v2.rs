use {
    crate::{error::ConfigError, state::AnyConfig},
    anchor_lang::prelude::*,
    anchor_spl::token_interface::{self, Mint, TokenAccount, TokenInterface, TransferChecked},
};

#[derive(Accounts)]
pub struct UpdateV2<'info> {
    /// The config to update; it must have the layout of release 2.
    #[account(
        mut,
        constraint = config.v2()?.may_update(signer.key) @ ConfigError::CannotUpdate
    )]
    pub config: Account<'info, AnyConfig>,
    /// The config's authority or one of its operators; owns `fee_source`.
    pub signer: Signer<'info>,

    // Trailing optional accounts: a client may leave all four out while the config charges no fee.
    /// Pays the fee: a token account that the signer may transfer from.
    #[account(mut)]
    pub fee_source: Option<Box<InterfaceAccount<'info, TokenAccount>>>,
    /// Receives the fee: any token account of the config's authority for the fee mint.
    #[account(mut)]
    pub fee_vault: Option<Box<InterfaceAccount<'info, TokenAccount>>>,
    /// The config's fee mint: who passes it agrees to pay in its token.
    pub fee_mint: Option<Box<InterfaceAccount<'info, Mint>>>,
    /// The program that owns the mint: SPL Token or Token-2022.
    pub token_program: Option<Interface<'info, TokenInterface>>,
}

impl UpdateV2<'_> {
    fn charge_fee(&self, max_fee: u64) -> Result<()> {
        let config = self.config.v2()?;
        if config.fee == 0 {
            return Ok(());
        }
        let (Some(source), Some(vault), Some(mint), Some(token_program)) = (
            &self.fee_source,
            &self.fee_vault,
            &self.fee_mint,
            &self.token_program,
        ) else {
            return err!(ConfigError::FeeAccountsMissing);
        };
        require_gte!(max_fee, config.fee, ConfigError::FeeAboveLimit);
        require_keys_eq!(mint.key(), config.fee_mint, ConfigError::WrongFeeMint);
        require_keys_eq!(vault.owner, config.authority, ConfigError::WrongFeeVault);
        require_keys_eq!(vault.mint, config.fee_mint, ConfigError::WrongFeeVault);
        token_interface::transfer_checked(
            CpiContext::new(
                token_program.key(),
                TransferChecked {
                    from: source.to_account_info(),
                    mint: mint.to_account_info(),
                    to: vault.to_account_info(),
                    authority: self.signer.to_account_info(),
                },
            ),
            config.fee,
            mint.decimals,
        )
    }
}

pub(crate) fn handler(
    ctx: Context<UpdateV2>,
    value: u64,
    expected_revision: Option<u32>,
    max_fee: u64,
) -> Result<()> {
    let revision = ctx.accounts.config.v2()?.revision;
    require_eq!(
        revision,
        expected_revision.unwrap_or(revision),
        ConfigError::RevisionMismatch
    );
    ctx.accounts.charge_fee(max_fee)?;
    ctx.accounts.config.v2_mut()?.set_value(value);
    Ok(())
}
