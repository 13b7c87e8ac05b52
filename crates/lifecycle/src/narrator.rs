//! Executes the steps, checks what each claims and keeps the record.

use {
    crate::{config_state::ConfigState, refusal::Refusal, step::Step},
    anyhow::{Result, bail, ensure},
    std::collections::{BTreeMap, BTreeSet},
    svm_harness::{Account, Instruction, Keypair, Outcome, Pubkey, Svm},
};

type Snapshot = BTreeMap<Pubkey, Option<Account>>;

pub struct Narrator {
    pub svm: Svm,
    names: BTreeMap<Pubkey, &'static str>,
    steps: Vec<Step>,
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
    pub fn name(&mut self, address: Pubkey, name: &'static str) {
        self.names.insert(address, name);
    }

    pub fn into_steps(self) -> Vec<Step> {
        self.steps
    }

    /// Something that is not a transaction of a client.
    pub fn event(&mut self, title: &str, outcome: impl Into<String>) {
        self.record(Step {
            title: title.to_owned(),
            rejected: false,
            outcome: outcome.into(),
            compute_units: 0,
            bytes: Vec::new(),
            lamports: Vec::new(),
        });
    }

    /// A transaction that must succeed and leave exactly what is claimed of each config. The last claim
    /// is what came of it.
    pub async fn works(
        &mut self,
        title: &str,
        instruction: Instruction,
        signers: &[&Keypair],
        claims: &[(Pubkey, ConfigState)],
    ) -> Result<()> {
        let (outcome, before, after) = self.send(&instruction, signers).await;
        if let Err(error) = &outcome.result {
            bail!(
                "{title}: failed with {error:?}\n{}",
                outcome.logs.join("\n")
            );
        }
        for (config, claim) in claims {
            let left = after[config]
                .clone()
                .map(|account| (account.owner, account.data));
            ensure!(
                left == claim.account(),
                "{title}: expected {claim:?}, found {left:?}"
            );
        }

        let lamports = self.lamport_moves(&before, &after);
        let sum: i128 = lamports.iter().map(|(_, lamports)| lamports).sum();
        ensure!(sum == 0, "{title}: {sum} lamports appeared or vanished");
        let len = |account: &Option<Account>| account.as_ref().map_or(0, |a| a.data.len());
        self.record(Step {
            title: title.to_owned(),
            rejected: false,
            outcome: claims
                .last()
                .map(|(_, claim)| claim.to_string())
                .unwrap_or_default(),
            compute_units: outcome.compute_units,
            bytes: claims
                .iter()
                .map(|(config, _)| (len(&before[config]), len(&after[config])))
                .collect(),
            lamports,
        });
        Ok(())
    }

    /// A transaction that must be refused with this error, leaving every account as it was.
    pub async fn refused(
        &mut self,
        title: &str,
        instruction: Instruction,
        signers: &[&Keypair],
        refusal: impl Into<Refusal>,
    ) -> Result<()> {
        let (outcome, before, after) = self.send(&instruction, signers).await;
        let refusal = refusal.into();
        ensure!(
            outcome.custom_error() == Some(refusal.code)
                && outcome
                    .logs
                    .iter()
                    .any(|line| line.contains(&refusal.logged)),
            "{title}: expected error {refusal}, found {:?}\n{}",
            outcome.result,
            outcome.logs.join("\n")
        );
        ensure!(before == after, "{title}: refused, but an account changed");
        self.record(Step {
            title: title.to_owned(),
            rejected: true,
            outcome: format!("refused: {refusal}"),
            compute_units: outcome.compute_units,
            bytes: Vec::new(),
            lamports: Vec::new(),
        });
        Ok(())
    }

    async fn send(
        &mut self,
        instruction: &Instruction,
        signers: &[&Keypair],
    ) -> (Outcome, Snapshot, Snapshot) {
        let before = self.snapshot(instruction).await;
        let outcome = self
            .svm
            .send(std::slice::from_ref(instruction), signers)
            .await;
        let after = self.snapshot(instruction).await;
        (outcome, before, after)
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
                let name = self.names.get(address).copied().unwrap_or("an account");
                (name.to_owned(), change)
            })
            .collect()
    }

    fn record(&mut self, step: Step) {
        println!("{:>2} {step}", self.steps.len() + 1);
        self.steps.push(step);
    }
}
