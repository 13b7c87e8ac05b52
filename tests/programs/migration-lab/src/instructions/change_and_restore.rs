use {anchor_lang::prelude::*, std::hint::black_box};

#[derive(Accounts)]
pub struct ChangeAndRestore<'info> {
    /// CHECK: any.
    pub account: UncheckedAccount<'info>,
}

pub(crate) fn handler(ctx: Context<ChangeAndRestore>) -> Result<()> {
    let mut data = ctx.accounts.account.try_borrow_mut_data()?;
    let before = data[0];
    data[0] = !before;
    // The compiler would leave out two writes that come to nothing.
    black_box(&mut data[0]);
    data[0] = before;
    Ok(())
}
