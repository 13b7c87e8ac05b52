//! `fleet run`, `fleet resume` and `fleet rollback`.

use {
    super::{
        fleet::Fleet, interrupt::on_interrupt, pace::Pace, plan::Outlook, progress::Progress,
        reports::Reports, signers::Signers, verify,
    },
    anyhow::{Context, Result, bail, ensure},
    clap::Args,
    fleet::{
        client::Client,
        cluster::rpc::RpcCluster,
        journal::Journal,
        keys::Keys,
        plan::check,
        report::{RunAccounts, RunReport},
        run::{Engine, Options, Stop, StopReason, report},
        transition::{Direction, Transition},
        verify::audit,
    },
    std::process::ExitCode,
};

/// What all of them are told.
#[derive(Args)]
pub struct Setup {
    #[command(flatten)]
    fleet: Fleet,
    #[command(flatten)]
    signers: Signers,
    #[command(flatten)]
    pace: Pace,
    #[command(flatten)]
    reports: Reports,
}

#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    setup: Setup,
    /// Simulates every transaction and sends none.
    #[arg(long, conflicts_with = "canary")]
    dry_run: bool,
    /// Migrates this many accounts, verifies them, and stops.
    #[arg(long, value_name = "ACCOUNTS", conflicts_with = "max_accounts")]
    canary: Option<u64>,
}

#[derive(Args)]
pub struct ResumeArguments {
    #[command(flatten)]
    setup: Setup,
    /// Tries the quarantined accounts once more.
    #[arg(long)]
    retry_quarantined: bool,
}

#[derive(Args)]
pub struct RollbackArguments {
    #[command(flatten)]
    setup: Setup,
    #[command(flatten)]
    outlook: Outlook,
}

pub async fn execute(arguments: Arguments) -> Result<ExitCode> {
    let mut work = Work::open(arguments.setup)?;
    ensure!(
        work.journal.payer_balance()?.is_none(),
        "{} was run already: go on with `fleet resume`",
        work.journal.path().display()
    );
    work.check().await?;
    let mut options = work.setup.pace.options();
    if arguments.dry_run {
        return work.dry_run(options).await;
    }
    options.max_accounts = arguments.canary.or(options.max_accounts);
    let report = work.run(options).await?;
    let Some(wanted) = arguments.canary else {
        return Ok(status(&report));
    };
    let RunAccounts {
        planned,
        pending,
        quarantined,
        ..
    } = report.accounts;
    let migrated = planned - pending - quarantined;
    if migrated < wanted.min(planned) {
        println!(
            "{migrated} of {wanted} canaries are migrated: the report says why; go on with `fleet resume`"
        );
        return Ok(ExitCode::FAILURE);
    }
    verify::canaries(&work.client, &work.transition, &mut work.journal).await
}

pub async fn resume(arguments: ResumeArguments) -> Result<ExitCode> {
    let mut work = Work::open(arguments.setup)?;
    work.check().await?;
    if arguments.retry_quarantined {
        work.journal.requeue_quarantined()?;
    }
    work.run_to_the_end().await
}

pub async fn rollback(arguments: RollbackArguments) -> Result<ExitCode> {
    let Setup {
        fleet,
        signers,
        pace,
        ..
    } = &arguments.setup;
    if !fleet.journal.exists() {
        let (direction, roles) = (Direction::Rollback, signers.keys()?.roles());
        let plan = fleet
            .plan(direction, roles, &arguments.outlook, pace.pricing)
            .await?;
        print!("{}", plan.text());
        if !plan.is_ready() {
            return Ok(ExitCode::FAILURE);
        }
    }
    let work = Work::open(arguments.setup)?;
    ensure!(
        work.journal.header().direction == Direction::Rollback,
        "{} is the journal of a migration: name another with --journal",
        work.journal.path().display()
    );
    work.check().await?;
    work.run_to_the_end().await
}

/// Everything a run works with.
struct Work {
    setup: Setup,
    keys: Keys,
    journal: Journal,
    transition: Transition,
    client: Client<RpcCluster>,
}

impl Work {
    fn open(setup: Setup) -> Result<Self> {
        let keys = setup.signers.keys()?;
        let (journal, transition) = setup.fleet.planned()?;
        Ok(Self {
            client: setup.fleet.client()?,
            setup,
            keys,
            journal,
            transition,
        })
    }

    /// What has to be as it was planned, before anything is sent.
    async fn check(&self) -> Result<()> {
        let header = self.journal.header();
        let roles = self.keys.roles();
        ensure!(
            roles.authority == header.authority,
            "the plan was made for the authority {0}, and --authority is {1}: take the key of {0}, or \
             plan again with a new --journal",
            header.authority,
            roles.authority
        );
        ensure!(
            roles.payer == header.payer,
            "the plan was made for the payer {0}, and --payer is {1}: take the key of {0}, or plan \
             again with a new --journal",
            header.payer,
            roles.payer
        );
        let genesis_hash = self
            .client
            .genesis_hash()
            .await
            .context("the cluster does not answer")?;
        ensure!(
            genesis_hash == header.genesis_hash,
            "the plan was made on the cluster with genesis hash {}, and --url is one with \
             {genesis_hash}: name a node of the other cluster",
            header.genesis_hash
        );
        // What was sent is followed to its end, whatever became of the program.
        if self.journal.totals().open > 0 {
            return Ok(());
        }
        let ground = check(&self.client, &self.transition, roles).await?;
        if ground.deploy_slot > header.program_deploy_slot {
            bail!(StopReason::ProgramUpgraded(ground.deploy_slot));
        }
        Ok(())
    }

    async fn engine(&mut self, options: Options) -> Result<Engine<'_, RpcCluster>> {
        let engine = Engine::new(
            &self.client,
            &self.transition,
            &self.keys,
            &mut self.journal,
            options,
        );
        Ok(engine.await?)
    }

    async fn run_to_the_end(mut self) -> Result<ExitCode> {
        let options = self.setup.pace.options();
        Ok(status(&self.run(options).await?))
    }

    async fn run(&mut self, options: Options) -> Result<RunReport> {
        let stop = Stop::default();
        on_interrupt(stop.clone());
        let progress = Progress::new();
        let max_lamports = options.max_lamports;
        let engine = self.engine(options).await?;
        let ended = engine.run(&stop, &mut |tick| progress.show(tick)).await;
        progress.finish();
        let ended = ended.context("the run ended early; go on with `fleet resume`")?;
        audit(&self.client, &mut self.journal).await?;
        let calls = self.client.calls();
        let report = report(&self.transition, &self.journal, ended, max_lamports, &calls)?;
        self.setup.reports.write(&report)?;
        Ok(report)
    }

    async fn dry_run(&mut self, options: Options) -> Result<ExitCode> {
        let run = self.engine(options).await?.dry_run().await?;
        println!(
            "{} accounts in {} transactions of up to {} compute units, for {} lamports; nothing was sent",
            run.accounts, run.transactions, run.most_compute_units, run.lamports
        );
        for (accounts, reason) in &run.failing {
            println!("would fail: {reason}");
            for address in accounts {
                println!("  {address}");
            }
        }
        Ok(ExitCode::from(u8::from(!run.failing.is_empty())))
    }
}

/// 0 when nothing is left to do.
fn status(report: &RunReport) -> ExitCode {
    ExitCode::from(u8::from(!report.is_complete()))
}
