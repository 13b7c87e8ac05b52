use {
    crate::Vault,
    anchor_lang::{
        Discriminator,
        prelude::*,
        system_program::{Transfer, transfer},
    },
};

#[derive(Accounts)]
pub struct Grow<'info> {
    /// CHECK: an old vault, too short to be read as a [`Vault`]; the handler reads its head.
    #[account(mut, owner = crate::ID)]
    pub vault: UncheckedAccount<'info>,
    #[account(mut)]
    pub authority: Signer<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn handler(ctx: Context<Grow>) -> Result<()> {
    let Grow {
        vault,
        authority,
        system_program,
    } = ctx.accounts;
    check(&vault.try_borrow_data()?, authority.key)?;

    let rent = Rent::get()?.minimum_balance(Vault::ALLOCATED);
    let accounts = Transfer {
        from: authority.to_account_info(),
        to: vault.to_account_info(),
    };
    transfer(
        CpiContext::new(system_program.key(), accounts),
        rent.saturating_sub(vault.lamports()),
    )?;
    vault.resize(Vault::ALLOCATED)?;
    Ok(())
}

/// Refuses what is not a vault of `authority`.
fn check(data: &[u8], authority: &Pubkey) -> Result<()> {
    let fields = data
        .strip_prefix(Vault::DISCRIMINATOR)
        .ok_or(ErrorCode::AccountDiscriminatorMismatch)?;
    require!(
        fields.starts_with(authority.as_ref()),
        ErrorCode::ConstraintHasOne
    );
    Ok(())
}
