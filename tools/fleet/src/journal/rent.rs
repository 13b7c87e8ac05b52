use {
    super::{
        Problem, Totals,
        value::{Bytes, Unsigned},
    },
    rusqlite::{Connection, params},
    solana_pubkey::Pubkey,
    solana_signature::Signature,
};

/// Notes the rent that an attempt added to an account.
pub fn pay(
    connection: &Connection,
    totals: &mut Totals,
    signature: &Signature,
    address: &Pubkey,
    top_up: u64,
) -> Result<(), Problem> {
    let mut statement = connection.prepare_cached(
        "SELECT attempt_account.attempt, attempt_account.account, attempt_account.top_up
         FROM attempt JOIN account JOIN attempt_account
         ON attempt_account.attempt = attempt.id AND attempt_account.account = account.id
         WHERE attempt.signature = ? AND account.address = ?",
    )?;
    let mut rows = statement.query(params![Bytes(*signature), Bytes(*address)])?;
    let row = rows
        .next()?
        .ok_or(Problem::NotOfAttempt(*address, *signature))?;
    let (attempt, account): (i64, i64) = (row.get(0)?, row.get(1)?);
    let Unsigned(noted) = row.get(2)?;
    if noted != top_up {
        let mut statement = connection.prepare_cached(
            "UPDATE attempt_account SET top_up = ? WHERE attempt = ? AND account = ?",
        )?;
        statement.execute(params![Unsigned(top_up), attempt, account])?;
        totals.top_up = totals.top_up.saturating_sub(noted).saturating_add(top_up);
    }
    Ok(())
}
