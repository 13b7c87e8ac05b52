use {crate::state::AnyNote, anchor_lang::prelude::*};

/// Reads a note of either version and writes it back.
#[derive(Accounts)]
pub struct OursReadNote<'info> {
    #[account(mut)]
    pub note: Account<'info, AnyNote>,
}

pub(crate) fn handler(_: Context<OursReadNote>) -> Result<()> {
    Ok(())
}
