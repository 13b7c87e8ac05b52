//! Each account against its snapshot.

use {
    super::{VerifyError, finalized, history::History, ledger, nothing_is_open},
    crate::{
        client::Client,
        cluster::{Cluster, Commitment, MAX_ACCOUNTS_PER_CALL},
        fields::Difference,
        journal::{Journal, JournalError, PlannedAccount, Snapshot, State},
        report::{AccountChecks, Changed, ChangedField, List, Reason},
        transition::{Stage, Transition},
    },
    futures::future::try_join_all,
    solana_account::Account,
    solana_pubkey::Pubkey,
    solana_signature::Signature,
};

/// Calls that wait for an answer at once.
const CONCURRENCY: usize = 8;

/// Checks the accounts that are migrated, and counts no others.
pub async fn migrated<C: Cluster>(
    client: &Client<C>,
    transition: &Transition,
    journal: &mut Journal,
) -> Result<AccountChecks, VerifyError> {
    nothing_is_open(journal)?;
    let mut check = Check::new(client, transition, journal).await?;
    check.pages(Journal::migrated_page).await?;
    Ok(check.found)
}

/// Checks the accounts that are migrated, also those of which the journal does not know it; with the
/// quarantined ones that are not.
pub async fn all<C: Cluster>(
    client: &Client<C>,
    transition: &Transition,
    journal: &mut Journal,
) -> Result<(AccountChecks, List<Reason>), VerifyError> {
    let mut check = Check::new(client, transition, journal).await?;
    check.pages(Journal::migrated_page).await?;
    check.pages(Journal::unfinished_page).await?;
    Ok((check.found, check.quarantined))
}

type Pages = fn(&Journal, u64, usize) -> Result<(Vec<PlannedAccount>, u64), JournalError>;

struct Check<'a, C> {
    client: &'a Client<C>,
    transition: &'a Transition,
    journal: &'a mut Journal,
    /// No account is read as it was before.
    slot: u64,
    found: AccountChecks,
    quarantined: List<Reason>,
}

/// How an account is other than its migration leaves it.
struct Deviation {
    /// Empty when only the lamports differ.
    what: String,
    fields: Vec<Difference>,
    /// Lamports above what was expected; negative below.
    lamports: i128,
}

impl<'a, C: Cluster> Check<'a, C> {
    async fn new(
        client: &'a Client<C>,
        transition: &'a Transition,
        journal: &'a mut Journal,
    ) -> Result<Self, VerifyError> {
        let slot = finalized(client, journal.last_landed_slot()?.unwrap_or(0)).await?;
        Ok(Self {
            client,
            transition,
            journal,
            slot,
            found: AccountChecks::default(),
            quarantined: List::default(),
        })
    }

    async fn pages(&mut self, pages: Pages) -> Result<(), VerifyError> {
        let mut cursor = 0;
        loop {
            let (page, next) = pages(self.journal, cursor, CONCURRENCY * MAX_ACCOUNTS_PER_CALL)?;
            if page.is_empty() {
                return Ok(());
            }
            cursor = next;
            let addresses: Vec<Pubkey> = page.iter().map(|planned| planned.address).collect();
            let calls = addresses
                .chunks(MAX_ACCOUNTS_PER_CALL)
                .map(|some| self.client.accounts(some, Commitment::Finalized, self.slot));
            let read = try_join_all(calls).await?;
            let accounts = read.into_iter().flat_map(|answer| answer.value);
            for (planned, account) in page.iter().zip(accounts) {
                self.one(planned, account.as_ref()).await?;
            }
        }
    }

    async fn one(
        &mut self,
        planned: &PlannedAccount,
        account: Option<&Account>,
    ) -> Result<(), VerifyError> {
        let stage = self.transition.stage(account);
        let top_up = match (&planned.state, stage) {
            (State::Migrated { top_up, .. }, _) => *top_up,
            (_, Stage::New) => 0,
            (State::Quarantined { reason }, Stage::Old | Stage::Other) => {
                self.quarantined.push(Reason {
                    address: planned.address.to_string(),
                    reason: reason.clone(),
                });
                return Ok(());
            }
            // The listings report those in the old layout.
            _ => return Ok(()),
        };
        self.found.checked += 1;
        let mut failed = self
            .against(planned, &planned.before, top_up, account)
            .await?;
        // What was observed before the attempt was confirmed only: a fork may have undone it.
        if failed.is_some()
            && let Some(first) = &planned.first
            && self
                .against(planned, first, top_up, account)
                .await?
                .is_none()
        {
            failed = None;
        }
        if let Some(reason) = failed {
            let address = planned.address.to_string();
            self.found.failed.push(Reason { address, reason });
        }
        Ok(())
    }

    /// Checks the account against one of its snapshots; why it does not fit that one.
    async fn against(
        &mut self,
        planned: &PlannedAccount,
        before: &Snapshot,
        top_up: u64,
        account: Option<&Account>,
    ) -> Result<Option<String>, VerifyError> {
        match self.deviation(before, top_up, account) {
            Err(reason) => Ok(Some(reason)),
            Ok(None) => {
                self.found.equal += 1;
                Ok(None)
            }
            Ok(Some(deviation)) => self.explain(planned, before, account, deviation).await,
        }
    }

    /// `Err` says what no transaction may do.
    fn deviation(
        &self,
        before: &Snapshot,
        top_up: u64,
        account: Option<&Account>,
    ) -> Result<Option<Deviation>, String> {
        let lamports = account.map_or(0, |account| account.lamports);
        let expected = i128::from(before.lamports) + i128::from(top_up);
        let mut deviation = Deviation {
            what: String::new(),
            fields: Vec::new(),
            lamports: i128::from(lamports) - expected,
        };
        match (self.transition.stage(account), account) {
            (Stage::New, Some(account)) => {
                deviation.fields = self
                    .transition
                    .differences(&before.data, &account.data)
                    .map_err(|error| error.to_string())?;
                let fields = deviation.fields.iter();
                let fields = fields.map(|one| format!("{}: {} → {}", one.field, one.old, one.new));
                deviation.what = fields.collect::<Vec<_>>().join(", ");
            }
            (Stage::Old, _) => deviation.what = "it is in the old layout".to_owned(),
            (Stage::Closed, Some(account)) => {
                deviation.what = format!("it is owned by {} now", account.owner);
            }
            (Stage::Closed | Stage::New, None) => deviation.what = "it was closed".to_owned(),
            (_, _) => deviation.what = "its discriminator is of neither layout".to_owned(),
        }
        let deviates = !deviation.what.is_empty() || deviation.lamports != 0;
        Ok(deviates.then_some(deviation))
    }

    /// Looks for finalized transactions of others that made the deviation.
    async fn explain(
        &mut self,
        planned: &PlannedAccount,
        before: &Snapshot,
        account: Option<&Account>,
        deviation: Deviation,
    ) -> Result<Option<String>, VerifyError> {
        let PlannedAccount { address, .. } = planned;
        let has_lamports = deviation.lamports != 0;
        let history = History::of(
            self.client,
            self.journal,
            address,
            before.slot,
            has_lamports,
        )
        .await?;
        let missing = history.missing.map_or_else(String::new, |signature| {
            format!(", without {signature}, which the node no longer has")
        });
        let lamports = account.map_or(0, |account| account.lamports);
        let added = i128::from(lamports) - i128::from(before.lamports);
        if has_lamports && history.lamports != added {
            let explained = history.lamports;
            return Ok(Some(format!(
                "its lamports changed by {added}, and its transactions make {explained}{missing}"
            )));
        }
        match history.by_others {
            Some(signature) => {
                self.found
                    .changed
                    .push(changed(address, signature, deviation));
                Ok(None)
            }
            None if deviation.what.is_empty() => self.correct(planned, &history, added),
            None => Ok(Some(format!("{}{missing}", deviation.what))),
        }
    }

    /// Transactions of the journal alone made the lamports what they are: what it says of them was wrong.
    fn correct(
        &mut self,
        planned: &PlannedAccount,
        history: &History,
        added: i128,
    ) -> Result<Option<String>, VerifyError> {
        if !matches!(planned.state, State::Migrated { .. }) {
            let reason = "it is migrated: `fleet resume` notes it in the journal";
            return Ok(Some(reason.to_owned()));
        }
        if added < 0 {
            return Ok(Some(format!("its migration took {} lamports", -added)));
        }
        for (attempt, landed) in &history.own {
            ledger::correct(self.journal, attempt, landed)?;
        }
        self.found.equal += 1;
        Ok(None)
    }
}

fn changed(address: &Pubkey, signature: Signature, deviation: Deviation) -> Changed {
    let field = |one: Difference| ChangedField {
        field: one.field,
        old: one.old,
        new: one.new,
    };
    Changed {
        address: address.to_string(),
        signature: signature.to_string(),
        fields: deviation.fields.into_iter().map(field).collect(),
        lamports: deviation.lamports.clamp(i64::MIN.into(), i64::MAX.into()) as i64,
    }
}
