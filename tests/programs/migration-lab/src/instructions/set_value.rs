use {crate::state::ConfigV1, anchor_lang::prelude::*};

#[derive(Accounts)]
pub struct SetValue<'info> {
    #[account(mut)]
    pub config: Account<'info, ConfigV1>,
}

pub(crate) fn handler(ctx: Context<SetValue>, value: u64) -> Result<()> {
    ctx.accounts.config.value = value;
    Ok(())
}
