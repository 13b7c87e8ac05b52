//! Watches what the runners send, and says when one breaks a promise.

use {
    crate::{
        forks::Place,
        ledger::{Ledger, is_writable},
        trace::Trace,
    },
    fleet::cluster::BLOCKHASH_LIFETIME,
    solana_pubkey::Pubkey,
    solana_signature::Signature,
    solana_transaction::versioned::VersionedTransaction,
    std::{
        collections::{BTreeMap, BTreeSet},
        sync::Arc,
    },
};

/// A journal and whoever runs on it, however often.
pub type Runner = usize;

/// A transaction that a runner sent.
struct Sent {
    transaction: Arc<VersionedTransaction>,
    last_valid_block_height: u64,
    /// Sends that were not answered by "it was not sent": after each of them it may land.
    unrejected: u32,
}

#[derive(Default)]
pub struct Watch {
    sent: BTreeMap<(Runner, Signature), Sent>,
    by_account: BTreeMap<(Runner, Pubkey), BTreeSet<Signature>>,
    budgets: BTreeMap<Runner, u64>,
    /// What nobody may see.
    pub violations: Vec<String>,
}

impl Watch {
    /// Lamports that the runner may spend.
    pub fn set_budget(&mut self, runner: Runner, lamports: u64) {
        self.budgets.insert(runner, lamports);
    }

    /// Two runners with the same keys may send the same transaction.
    pub fn has_sent(&self, runner: Runner, signature: &Signature) -> bool {
        self.sent.contains_key(&(runner, *signature))
    }

    /// Whether another runner sent it too: then neither knows whose transaction landed.
    pub fn others_sent(&self, runner: Runner, signature: &Signature) -> bool {
        let mut sent = self.sent.keys();
        sent.any(|(sender, sent)| *sender != runner && sent == signature)
    }

    /// Every signature that the runner ever tried to send.
    pub fn signatures(&self, runner: Runner) -> impl Iterator<Item = &Signature> {
        let all = self.sent.keys();
        all.filter(move |(sender, _)| *sender == runner)
            .map(|(_, signature)| signature)
    }

    /// The runner asks a node to send this; whether it is the first time.
    pub fn sends(
        &mut self,
        runner: Runner,
        transaction: &Arc<VersionedTransaction>,
        ledger: &Ledger,
        trace: &mut Trace,
    ) -> bool {
        let signature = transaction.signatures[0];
        if let Some(sent) = self.sent.get_mut(&(runner, signature)) {
            sent.unrejected += 1;
            return false;
        }
        for account in targets(transaction) {
            let others = self.by_account.entry((runner, account)).or_default();
            for other in others.iter() {
                if self.sent[&(runner, *other)].may_land(ledger) {
                    let problem = format!(
                        "runner {runner} sends {signature} for {account} while {other} may land"
                    );
                    trace.note(|| problem.clone());
                    self.violations.push(problem);
                }
            }
            others.insert(signature);
        }
        let blockhash = transaction.message.recent_blockhash();
        let named = ledger.forks.bank_of(blockhash);
        let last_valid_block_height = named.map_or(0, |bank| bank.height + BLOCKHASH_LIFETIME);
        let sent = Sent {
            transaction: transaction.clone(),
            last_valid_block_height,
            unrejected: 1,
        };
        self.sent.insert((runner, signature), sent);
        true
    }

    /// A node answered the runner that it did not send this.
    pub fn rejected(&mut self, runner: Runner, signature: &Signature) {
        if let Some(sent) = self.sent.get_mut(&(runner, *signature)) {
            sent.unrejected -= 1;
        }
    }

    /// What the runner has spent at this place.
    pub fn spent(&self, runner: Runner, ledger: &Ledger, place: Place) -> u64 {
        let landings = ledger.landings(place);
        landings
            .filter(|landing| self.sent.contains_key(&(runner, landing.signature())))
            .map(|landing| landing.cost())
            .sum()
    }

    /// Looks at what has been spent.
    pub fn check_budgets(&mut self, ledger: &Ledger, place: Place) {
        for (runner, budget) in std::mem::take(&mut self.budgets) {
            let spent = self.spent(runner, ledger, place);
            if spent <= budget {
                self.budgets.insert(runner, budget);
                continue;
            }
            self.violations.push(format!(
                "runner {runner} has spent {spent} of {budget} lamports in slot {}",
                place.slot
            ));
        }
    }
}

impl Sent {
    /// Whether it could still become part of a block or leave one, for all that its sender can know.
    fn may_land(&self, ledger: &Ledger) -> bool {
        let finalized = ledger.forks.rooted();
        let is_final = ledger
            .landing(&self.transaction.signatures[0], finalized.place)
            .is_some();
        self.unrejected > 0 && !is_final && finalized.height <= self.last_valid_block_height
    }
}

/// The accounts that the transaction may change, whose keys did not sign it.
fn targets(transaction: &VersionedTransaction) -> impl Iterator<Item = Pubkey> {
    let message = &transaction.message;
    let keys = message.static_account_keys().iter().enumerate();
    keys.filter(|(index, _)| !message.is_signer(*index) && is_writable(transaction, *index))
        .map(|(_, key)| *key)
}
