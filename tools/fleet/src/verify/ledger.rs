//! What the ledger has of a transaction.

use {
    super::VerifyError,
    crate::{
        cluster::Landed,
        journal::{EndedAttempt, Journal, Outcome},
    },
    solana_pubkey::Pubkey,
};

/// Lamports that the transaction added to the account.
pub fn added(landed: &Landed, address: &Pubkey) -> i128 {
    let balances = landed.balances.iter().filter(|(one, ..)| one == address);
    balances
        .map(|(_, before, after)| i128::from(*after) - i128::from(*before))
        .sum()
}

/// Lamports of rent that it paid for the account.
pub fn rent(landed: &Landed, address: &Pubkey) -> u64 {
    match landed.error {
        None => u64::try_from(added(landed, address)).unwrap_or(0),
        Some(_) => 0,
    }
}

/// Makes the journal say of an attempt what the ledger does; whether it did not.
pub fn correct(
    journal: &mut Journal,
    attempt: &EndedAttempt,
    landed: &Landed,
) -> Result<bool, VerifyError> {
    let has_landed = matches!(attempt.outcome, Outcome::Landed { .. });
    if !has_landed {
        let outcome = Outcome::Landed {
            slot: landed.slot,
            error: landed.error.as_ref().map(ToString::to_string),
        };
        journal.finish_attempts(&[(attempt.signature, outcome, Vec::new())])?;
    }
    let rents = attempt
        .accounts
        .iter()
        .map(|(address, noted)| (*address, *noted, rent(landed, address)));
    let wrong = rents.filter(|(_, noted, paid)| noted != paid);
    let wrong: Vec<_> = wrong.map(|(address, _, paid)| (address, paid)).collect();
    let is_right = attempt.fee == landed.fee && wrong.is_empty();
    if !is_right {
        journal.correct_costs(&attempt.signature, landed.fee, &wrong)?;
    }
    Ok(!has_landed || !is_right)
}
