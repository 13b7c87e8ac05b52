//! What finalized transactions did to an account.

use {
    super::{VerifyError, ledger::added},
    crate::{
        client::Client,
        cluster::{Cluster, Landed},
        journal::{EndedAttempt, Journal},
    },
    solana_pubkey::Pubkey,
    solana_signature::Signature,
};

/// The transactions that succeeded and named an account after a slot.
#[derive(Debug, Default)]
pub struct History {
    /// The newest that is not the journal's.
    pub by_others: Option<Signature>,
    /// The journal's, each as the journal and as the ledger has it.
    pub own: Vec<(EndedAttempt, Landed)>,
    /// Lamports that all of them together added; negative when they took some.
    pub lamports: i128,
    /// One that the node no longer has, so that the rest does not say it all.
    pub missing: Option<Signature>,
}

impl History {
    /// Without `lamports`, reads no further than to the newest of someone else.
    pub async fn of<C: Cluster>(
        client: &Client<C>,
        journal: &Journal,
        address: &Pubkey,
        after_slot: u64,
        lamports: bool,
    ) -> Result<Self, VerifyError> {
        let mut history = Self::default();
        for signature in client.signatures_of(address, after_slot).await? {
            if history.by_others.is_some() && !lamports {
                break;
            }
            match client.transaction(&signature).await? {
                None => history.missing = Some(signature),
                Some(landed) if landed.error.is_some() => {}
                Some(landed) => {
                    history.lamports += added(&landed, address);
                    match journal.ended_attempt(&signature)? {
                        Some(attempt) => history.own.push((attempt, landed)),
                        None => history.by_others = history.by_others.or(Some(signature)),
                    }
                }
            }
        }
        Ok(history)
    }
}
