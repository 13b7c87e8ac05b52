//! Finds the fleet, what its migration takes and costs, and what is in its way. Sends nothing.
//!
//! Every account is read once and goes into the journal as it is; what stays in memory is counts and the
//! addresses of a sample.

mod check;
mod count;
mod estimate;
mod sample;

#[cfg(test)]
mod tests;

pub use self::check::{Ground, check};

use {
    self::{count::Count, estimate::Rates, sample::Samples},
    crate::{
        client::Client,
        cluster::{Cluster, ClusterError, Commitment},
        fees::FeePolicy,
        journal::{Header, Journal, JournalError},
        pack::PackError,
        report::{Payer, PlanReport, PlannedRent, Subject},
        shard::Shard,
        transition::{Roles, Transition},
    },
    account_layout::{Diagram, Layout},
    anchor_lang_idl_spec::Idl,
    solana_pubkey::Pubkey,
    std::{fs, path::Path, time::Duration},
    thiserror::Error,
};

/// What is planned, and how fast it shall go.
#[derive(Clone, Copy, Debug)]
pub struct PlanOptions {
    pub roles: Roles,
    pub shard: Shard,
    pub fee_policy: FeePolicy,
    /// At least 1.
    pub transactions_per_second: u32,
    /// How long a slot takes.
    pub slot_time: Duration,
    /// The most transactions that are simulated.
    pub sample: usize,
    /// SHA-256 of the manifest and the IDL.
    pub manifest_digest: [u8; 32],
}

/// Why there is no plan.
#[derive(Debug, Error)]
pub enum PlanError {
    #[error("the cluster does not answer as needed: {0}: see whether --url names the right node")]
    Cluster(#[from] ClusterError),
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Pack(#[from] PackError),
    #[error(
        "no program is deployed at {0} on this cluster: deploy the release that migrates, or name \
         another cluster with --url"
    )]
    NoProgram(Pubkey),
    #[error(
        "{0} is an account, but no program that can be called: see whether the IDL has the address of \
         your program"
    )]
    NotExecutable(Pubkey),
    #[error(
        "{program} cannot be upgraded any more: it has no upgrade authority that could approve \
         [{table}]: take an instruction that needs none"
    )]
    NoUpgradeAuthority { program: Pubkey, table: String },
    #[error(
        "the upgrade authority of {program} is {found}, and --authority is {given}: take the key of \
         {found}"
    )]
    WrongAuthority {
        program: Pubkey,
        found: Pubkey,
        given: Pubkey,
    },
    #[error(
        "the payer {payer} is an account of the program {owner}: name one that is a wallet with --payer"
    )]
    PayerIsNoWallet { payer: Pubkey, owner: Pubkey },
}

/// Plans a new journal at `path`; `found` gets how many accounts it has so far. No journal is left with
/// an error, nor with a problem that only a new plan solves.
///
/// # Errors
/// Something stands in the way of any run, the cluster does not answer, or there is a file already.
pub async fn plan<C: Cluster>(
    client: &Client<C>,
    transition: &Transition,
    idl: &Idl,
    path: &Path,
    options: &PlanOptions,
    found: &mut dyn FnMut(u64),
) -> Result<PlanReport, PlanError> {
    let ground = check(client, transition, options.roles).await?;
    let slot = client.height(Commitment::Finalized).await?.slot;
    let header = Header {
        program_id: transition.program_id,
        direction: transition.direction,
        from: transition.from.name.clone(),
        to: transition.to.name.clone(),
        genesis_hash: ground.genesis_hash,
        manifest_digest: options.manifest_digest,
        shard: options.shard,
        authority: options.roles.authority,
        payer: options.roles.payer,
        planned_slot: slot,
        lamports_per_byte: ground.rent.lamports_per_byte,
        program_deploy_slot: ground.deploy_slot,
    };
    let mut journal = Journal::create(path, &header)?;
    let work = Planning {
        client,
        transition,
        options,
        ground: &ground,
    };
    let report = work.report(&mut journal, found).await;
    if report.as_ref().map_or(true, |report| report.needs_new_plan) {
        discard(journal);
    }
    Ok(PlanReport {
        layout_diagram: diagram(transition, idl),
        ..report?
    })
}

/// The error that ended the plan says more than one about files that it leaves.
fn discard(journal: Journal) {
    let mut path = journal.path().as_os_str().to_owned();
    drop(journal);
    let _ = fs::remove_file(&path);
    // SQLite's own file beside it.
    path.push("-journal");
    let _ = fs::remove_file(path);
}

/// `None` when the IDL does not have both layouts.
fn diagram(transition: &Transition, idl: &Idl) -> Option<String> {
    let old = Layout::of(idl, &transition.from.name).ok()?;
    let new = Layout::of(idl, &transition.to.name).ok()?;
    Some(Diagram::new(&old, &new).svg())
}

/// What all parts of a plan look at.
struct Planning<'a, C> {
    client: &'a Client<C>,
    transition: &'a Transition,
    options: &'a PlanOptions,
    ground: &'a Ground,
}

impl<C: Cluster> Planning<'_, C> {
    async fn report(
        &self,
        journal: &mut Journal,
        found: &mut dyn FnMut(u64),
    ) -> Result<PlanReport, PlanError> {
        let Self {
            transition,
            options,
            ground,
            ..
        } = self;
        let Count {
            from,
            to,
            sizes,
            balances,
            short,
            top_up,
            surplus,
            sample,
        } = self.count(journal, found).await?;
        let rent = PlannedRent {
            lamports_per_byte: ground.rent.lamports_per_byte,
            data_len: transition.to.data_len,
            short,
            top_up,
            surplus,
        };
        let Samples {
            sampled,
            price,
            mut problems,
            needs_new_plan,
            ..
        } = self.sample(sample, from.accounts).await?;
        let rates = Rates {
            micro_lamports_per_compute_unit: price,
            transactions_per_second: options.transactions_per_second,
            slot_time: options.slot_time,
        };
        let estimate = rates.estimate(from.accounts, &sampled, self.signatures());
        let mut report = PlanReport {
            subject: Subject::of(transition, journal.header()),
            slot: journal.header().planned_slot,
            from,
            to,
            sizes,
            balances,
            rent,
            payer: Payer {
                address: options.roles.payer.to_string(),
                lamports: ground.payer_lamports,
                needed: 0,
            },
            estimate,
            sample: sampled,
            problems: Vec::new(),
            needs_new_plan,
            layout_diagram: None,
        };
        if report.estimate.is_some() {
            let own = ground.rent.minimum(0);
            report.payer.needed = report.cost().saturating_add(own);
        }
        report.problems.extend(report.payer.problem());
        report.problems.append(&mut problems);
        Ok(report)
    }
}
