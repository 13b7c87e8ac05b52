use {
    anchor_lang::{prelude::Clock, solana_program::sysvar::SysvarId},
    anyhow::{Context, Result},
    svm_harness::{Pubkey, Svm},
};

/// The slot that the next transaction runs in.
pub async fn slot(svm: &mut Svm) -> Result<u64> {
    let clock = data(svm, Clock::id()).await?;
    // The slot is the clock's first field.
    let slot = clock.first_chunk().context("the clock is too short")?;
    Ok(u64::from_le_bytes(*slot))
}

pub async fn data(svm: &mut Svm, address: Pubkey) -> Result<Vec<u8>> {
    let account = svm.account(address).await;
    Ok(account
        .with_context(|| format!("there is no account {address}"))?
        .data)
}
