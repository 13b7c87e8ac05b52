//! Whom the payer pays for when a fleet keeps to its plan.

use {
    crate::{
        journal::{Journal, JournalError},
        rent::Rent,
        transition::Transition,
    },
    solana_account::Account,
    solana_pubkey::Pubkey,
};

/// Accounts in the old layout, by whether the plan has them.
#[derive(Debug, Default)]
pub struct Split {
    /// Planned, and not yet migrated by a transaction of the journal.
    pub due: Vec<(Pubkey, Account)>,
    pub others: Vec<(Pubkey, Account)>,
}

impl Split {
    /// Of a fleet that does not keep to its plan.
    pub fn all_due(old: Vec<(Pubkey, Account)>) -> Self {
        Self {
            due: old,
            others: Vec::new(),
        }
    }

    /// An account that lacks more rent than its snapshot does is another one: it was closed, which paid out
    /// its lamports, and made anew.
    pub fn of(
        journal: &Journal,
        transition: &Transition,
        rent: Rent,
        old: Vec<(Pubkey, Account)>,
    ) -> Result<Self, JournalError> {
        let addresses: Vec<Pubkey> = old.iter().map(|(address, _)| *address).collect();
        let snapshots = journal.outstanding(&addresses)?;
        let needed = rent.minimum(transition.to.data_len);
        let mut split = Self::default();
        for (one, snapshot) in old.into_iter().zip(snapshots) {
            let is_due = snapshot.is_some_and(|it| one.1.lamports >= it.lamports.min(needed));
            let side = if is_due {
                &mut split.due
            } else {
                &mut split.others
            };
            side.push(one);
        }
        Ok(split)
    }
}
