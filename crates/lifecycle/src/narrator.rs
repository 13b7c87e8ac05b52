//! Executes the calls, checks what each must do and keeps the record.

use {
    crate::{
        call::{Call, Expectation},
        claim::Claim,
        rejection::Rejection,
        step::Step,
    },
    anyhow::{Result, bail, ensure},
    std::collections::{BTreeMap, BTreeSet},
    svm_harness::{Account, Instruction, Outcome, Program, Pubkey, Svm},
};

type Snapshot = BTreeMap<Pubkey, Option<Account>>;

pub struct Narrator {
    pub svm: Svm,
    names: BTreeMap<Pubkey, String>,
    steps: Vec<Step>,
}

/// What a transaction did.
struct Sent {
    outcome: Outcome,
    before: Snapshot,
    after: Snapshot,
}

impl Narrator {
    pub fn new(svm: Svm) -> Self {
        Self {
            svm,
            names: BTreeMap::new(),
            steps: Vec::new(),
        }
    }

    /// What the story calls an account.
    pub fn name(&mut self, address: Pubkey, name: impl Into<String>) {
        self.names.insert(address, name.into());
    }

    pub fn into_steps(self) -> Vec<Step> {
        self.steps
    }

    /// Something that is not a transaction of a client.
    pub fn event(&mut self, title: &str, outcome: impl Into<String>) {
        self.record(Step::new(title, outcome));
    }

    pub async fn deploy(&mut self, title: &str, program: &Program) {
        self.svm.deploy(program).await;
        self.event(title, "callable from the next slot");
    }

    pub async fn upgrade(&mut self, title: &str, program: &Program) {
        self.svm.upgrade(program).await;
        self.event(title, "callable from the next slot");
    }

    pub async fn set_rent(&mut self, title: &str, lamports_per_byte: u64) {
        self.svm.set_rent(lamports_per_byte).await;
        self.event(title, format!("rent {lamports_per_byte} lamports per byte"));
    }

    /// Executes a table of calls.
    ///
    /// # Errors
    /// At the first call that did not do what it must.
    pub async fn play<'a>(&mut self, calls: impl IntoIterator<Item = Call<'a>>) -> Result<()> {
        for call in calls {
            let sent = self.send(&call).await;
            let step = match &call.expectation {
                Expectation::Leaves(claims) => self.succeeded(&call.title, &sent, claims)?,
                Expectation::Rejected(rejection) => rejected(&call.title, &sent, rejection)?,
            };
            self.record(step);
        }
        Ok(())
    }

    fn succeeded(&self, title: &str, sent: &Sent, claims: &[Claim]) -> Result<Step> {
        let Sent {
            outcome,
            before,
            after,
        } = sent;
        if let Err(error) = &outcome.result {
            bail!(
                "{title}: failed with {error:?}\n{}",
                outcome.logs.join("\n")
            );
        }
        for claim in claims {
            let left = after[&claim.address]
                .clone()
                .map(|account| (account.owner, account.data));
            ensure!(
                left == claim.account,
                "{title}: expected {claim:?}, found {left:?}"
            );
        }

        let lamports = self.lamport_moves(before, after);
        let sum: i128 = lamports.iter().map(|(_, lamports)| lamports).sum();
        ensure!(sum == 0, "{title}: {sum} lamports appeared or vanished");
        let len = |account: &Option<Account>| account.as_ref().map_or(0, |a| a.data.len());
        Ok(Step {
            compute_units: outcome.compute_units,
            bytes: claims
                .iter()
                .map(|claim| (len(&before[&claim.address]), len(&after[&claim.address])))
                .collect(),
            lamports,
            ..Step::new(
                title,
                claims.last().map(|c| c.text.clone()).unwrap_or_default(),
            )
        })
    }

    async fn send(&mut self, call: &Call<'_>) -> Sent {
        let before = self.snapshot(&call.instruction).await;
        let instructions = std::slice::from_ref(&call.instruction);
        let outcome = self.svm.send(instructions, &[call.signer]).await;
        let after = self.snapshot(&call.instruction).await;
        Sent {
            outcome,
            before,
            after,
        }
    }

    async fn snapshot(&mut self, instruction: &Instruction) -> Snapshot {
        let addresses: BTreeSet<Pubkey> = instruction
            .accounts
            .iter()
            .map(|meta| meta.pubkey)
            .collect();
        let mut snapshot = Snapshot::new();
        for address in addresses {
            snapshot.insert(address, self.svm.account(address).await);
        }
        snapshot
    }

    fn lamport_moves(&self, before: &Snapshot, after: &Snapshot) -> Vec<(String, i128)> {
        let lamports = |account: &Option<Account>| {
            account
                .as_ref()
                .map_or(0, |account| i128::from(account.lamports))
        };
        before
            .iter()
            .map(|(address, account)| (address, lamports(&after[address]) - lamports(account)))
            .filter(|(_, change)| *change != 0)
            .map(|(address, change)| {
                let name = self.names.get(address).map_or("an account", |name| name);
                (name.to_owned(), change)
            })
            .collect()
    }

    fn record(&mut self, step: Step) {
        self.steps.push(step);
        println!(
            "{}",
            self.steps[self.steps.len() - 1].line(self.steps.len())
        );
    }
}

fn rejected(title: &str, sent: &Sent, rejection: &Rejection) -> Result<Step> {
    let Sent {
        outcome,
        before,
        after,
    } = sent;
    let is_logged = |line: &String| line.contains(&rejection.logged);
    ensure!(
        outcome.custom_error() == Some(rejection.code) && outcome.logs.iter().any(is_logged),
        "{title}: expected error {rejection}, found {:?}\n{}",
        outcome.result,
        outcome.logs.join("\n")
    );
    ensure!(before == after, "{title}: rejected, but an account changed");
    Ok(Step {
        rejected: true,
        compute_units: outcome.compute_units,
        ..Step::new(title, format!("rejected: {rejection}"))
    })
}
