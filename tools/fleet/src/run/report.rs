//! The report of a run.

use {
    super::{Ended, RunError},
    crate::{
        journal::Journal,
        report::{
            List, Reason, RunAccounts, RunLamports, RunReport, RunTransactions, Slots, Subject,
        },
        transition::Transition,
    },
    std::collections::BTreeMap,
};

/// Accounts that are read from the journal at once.
const PAGE: usize = 1_000;

/// The report of a run that ended, with all that the journal holds.
///
/// # Errors
/// When the journal cannot be read.
pub fn report(
    transition: &Transition,
    journal: &Journal,
    ended: Ended,
    max_lamports: Option<u64>,
    calls: &BTreeMap<&'static str, u64>,
) -> Result<RunReport, RunError> {
    let totals = journal.totals();
    Ok(RunReport {
        subject: Subject::of(transition, journal.header()),
        planned_only: journal.planned_only()?.unwrap_or_default(),
        accounts: RunAccounts {
            planned: totals.planned,
            migrated: totals.migrated,
            by_others: totals.by_others,
            closed: totals.closed,
            quarantined: totals.quarantined,
            pending: totals.pending,
        },
        quarantined: quarantined(journal)?,
        transactions: RunTransactions {
            landed: totals.landed,
            failed: totals.failed,
            expired: totals.expired,
            not_sent: totals.not_sent,
        },
        lamports: RunLamports {
            fees: totals.fees,
            top_up: totals.top_up,
            max: max_lamports,
        },
        slots: ended.slots.map(|(first, last)| Slots { first, last }),
        progress: ended.progress,
        compute_unit_limits: ended.compute_unit_limits,
        calls: calls
            .iter()
            .map(|(method, count)| ((*method).to_owned(), *count))
            .collect(),
        stopped: ended.stopped.map(|reason| reason.to_string()),
    })
}

fn quarantined(journal: &Journal) -> Result<List<Reason>, RunError> {
    let mut list = List::default();
    let mut cursor = 0;
    loop {
        let (page, next) = journal.quarantined_page(cursor, PAGE)?;
        if page.is_empty() {
            return Ok(list);
        }
        cursor = next;
        list.extend(page.into_iter().map(|(address, reason)| Reason {
            address: address.to_string(),
            reason,
        }));
    }
}
