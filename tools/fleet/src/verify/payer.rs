//! The payer's lamports against what the journal says was paid.

use {
    super::{
        VerifyError, finalized,
        ledger::{added, correct, rent},
    },
    crate::{
        client::Client,
        cluster::{Cluster, Commitment, Landed},
        journal::{Journal, Outcome},
        report::PayerLamports,
    },
    futures::stream::{self, StreamExt, TryStreamExt},
};

/// Attempts that are read from the journal at once.
const PAGE: usize = 100;
/// Calls that wait for an answer at once.
const CONCURRENCY: usize = 8;

/// Compares what the payer had and has with the journal's fees and rents. When they differ, every
/// attempt is looked up in the ledger and the journal is corrected; a difference that is left then was
/// made by transactions that are not the journal's.
pub async fn audit<C: Cluster>(
    client: &Client<C>,
    journal: &mut Journal,
) -> Result<PayerLamports, VerifyError> {
    let payer = journal.header().payer;
    let slot = finalized(client, journal.last_landed_slot()?.unwrap_or(0)).await?;
    let read = client
        .accounts(&[payer], Commitment::Finalized, slot)
        .await?;
    let now = read.value.into_iter().flatten().next();
    let mut lamports = PayerLamports {
        address: payer.to_string(),
        before: journal.payer_balance()?.map(|before| before.value),
        now: now.map_or(0, |account| account.lamports),
        fees: journal.totals().fees,
        top_up: journal.totals().top_up,
        by_authority: 0,
        audited: 0,
        corrected: 0,
        unknown: 0,
    };
    if lamports.by_others() != 0 {
        read_ledger(client, journal, &mut lamports).await?;
        lamports.fees = journal.totals().fees;
        lamports.top_up = journal.totals().top_up;
    }
    Ok(lamports)
}

async fn read_ledger<C: Cluster>(
    client: &Client<C>,
    journal: &mut Journal,
    lamports: &mut PayerLamports,
) -> Result<(), VerifyError> {
    let payer = journal.header().payer;
    let mut cursor = 0;
    let mut by_authority = 0;
    loop {
        let (attempts, next) = journal.ended_attempts_page(cursor, PAGE)?;
        if attempts.is_empty() {
            lamports.by_authority = i64::try_from(by_authority).unwrap_or(i64::MAX);
            return Ok(());
        }
        cursor = next;
        let calls = attempts
            .iter()
            .map(|attempt| client.transaction(&attempt.signature));
        let found: Vec<Option<Landed>> = stream::iter(calls)
            .buffered(CONCURRENCY)
            .try_collect::<Vec<_>>()
            .await?;
        for (attempt, landed) in attempts.iter().zip(found) {
            let has_landed = matches!(attempt.outcome, Outcome::Landed { .. });
            match landed {
                None if has_landed => lamports.unknown += 1,
                None => {}
                Some(landed) => {
                    lamports.audited += 1;
                    lamports.corrected += u64::from(correct(journal, attempt, &landed)?);
                    let addresses = attempt.accounts.iter().map(|(address, _)| address);
                    let rents = addresses.map(|address| i128::from(rent(&landed, address)));
                    // What the accounts and the cluster got, and the payer did not lose.
                    by_authority +=
                        rents.sum::<i128>() + i128::from(landed.fee) + added(&landed, &payer);
                }
            }
        }
    }
}
