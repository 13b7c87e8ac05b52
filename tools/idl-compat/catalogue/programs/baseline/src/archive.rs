use {crate::Vault, anchor_lang::prelude::*};

/// A third of a stack frame.
#[account]
#[derive(InitSpace)]
pub struct Archive {
    pub entries: [u64; 160],
}

#[derive(Accounts)]
pub struct OpenArchive<'info> {
    #[account(init, payer = authority, space = 8 + Archive::INIT_SPACE, seeds = [b"archive", vault.key().as_ref()], bump)]
    pub archive: Box<Account<'info, Archive>>,
    #[account(has_one = authority)]
    pub vault: Account<'info, Vault>,
    #[account(mut)]
    pub authority: Signer<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn handler(ctx: Context<OpenArchive>) -> Result<()> {
    ctx.accounts.archive.entries[0] = 1;
    Ok(())
}
